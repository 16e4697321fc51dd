"""What stands beside the lessons, as Markdown: tables, words, dates, people, papers, works."""

from html import escape

from glf_utils import about, bibliography, cite, document, load, person, tables
from glf_utils.dates import in_words
from glf_utils.shelf import further_reading
from glf_utils.tablefile import read_rows
from glf_utils.tables import FOLDER, described
from glf_utils.words import folded


def table(name):
    """Return the page of a table: what to know of it, and every row under its line of the file.

    Parameters
    ----------
    name : str
        As :func:`glf_utils.load` takes it.

    Returns
    -------
    str
        Markdown. The row on line 12 of the file has the anchor ``line-12``.
    """
    told = described(name)
    fields = [field["name"] for field in told["schema"]["fields"]]
    meanings = (
        f"| `{field['name']}` | {field.get('unit', '')} | {field['description']} |"
        for field in told["schema"]["fields"]
    )
    return "\n\n".join(
        [
            "---\norphan: true\n---",
            f"# {name}",
            f"**{about(name).line}**",
            told["description"],
            "\n".join(f"- {caveat}" for caveat in told["caveats"]),
            "| column | unit | meaning |\n|---|---|---|\n" + "\n".join(meanings),
            "## Rows",
            "The number before a row is its line in the file. A grade says how far it was checked.",
            _rows(fields, read_rows(FOLDER / f"{name}.csv", fields)),
        ]
    )


def tables_listed():
    """Return the list of all tables, as Markdown, with the pages of the tables below it."""
    listed = tables()
    lines = (
        f"| [{name}]({name}.md) | {rows} | {title} |" for name, title, rows in listed.to_numpy()
    )
    told = (
        "Each row names its source, the place in it, and how far the number was checked. An empty "
        "cell is missing, never zero. Figures that disagree stand side by side under their "
        "authors' names."
    )
    head = "| table | rows | what it holds |\n|---|---:|---|\n"
    return "\n\n".join(["# Tables", told, head + "\n".join(lines)])


def _rows(fields, rows):
    head = "".join(f'<th scope="col">{escape(field)}</th>' for field in ("line", *fields))
    lines = (
        f'<tr id="line-{number}"><th scope="row">{number}</th>'
        + "".join(f"<td>{_cell(field, cell)}</td>" for field, cell in zip(fields, row, strict=True))
        + "</tr>"
        for number, row in enumerate(rows, start=2)
    )
    return (
        '<div class="all-rows"><table class="rows"><thead><tr>' + head + "</tr></thead><tbody>\n"
        "" + "\n".join(lines) + "\n</tbody></table></div>"
    )


def _cell(field, cell):
    if field == "source" and cell:
        place = cell.replace("_", "-")  # as Sphinx writes it
        return f'<a href="../shelf/bibliography.html#{place}">{cell}</a>'
    return escape(cell)


def glossary():
    """Return the words of the period and of the course, as Markdown."""
    words = load("glossary").fillna("").sort_values("term_en", key=lambda names: names.map(folded))
    letters = words["term_en"].map(lambda name: folded(name)[0].upper())
    jumps = " · ".join(f"[{letter}](#{letter.lower()})" for letter in letters.unique())
    parts = ["# Words", "Words of the period and of the course.", jumps]
    for word, letter, before in zip(
        words.itertuples(), letters, letters.shift(fill_value=""), strict=True
    ):
        if letter != before:
            parts.append(f"## {letter}")
        chinese = f" · {word.chinese_simplified} *{word.pinyin}*" if word.pinyin else ""
        plain = f" ({folded(word.pinyin)})" if word.pinyin else ""  # for the search
        also = f" Also: {word.also.replace(';', ', ')}." if word.also else ""
        grade = " *Definition unchecked.*" if word.verification == "unchecked" else ""
        by = f" {cite(word.source)}." if word.source else ""
        parts.append(f"**{word.term_en}**{chinese}{plain}\n: {word.definition}{also}{grade}{by}")
    return "\n\n".join(parts)


def timeline():
    """Return the dated events, as Markdown."""
    lines = (
        f"| {in_words(event.date)} | {event.event} | {cite(event.source)}"
        f"{', unchecked' * (event.verification == 'unchecked')} |"
        for event in load("timeline").itertuples()
    )
    head = "| date | event | source |\n|---|---|---|\n"
    return "# Timeline\n\nDated events, 1949 to 1966.\n\n" + head + "\n".join(lines)


def people():
    """Return who was who, as Markdown."""
    names = sorted(load("people")["name"], key=folded)
    entries = [f"## {name}\n\n{person(name)._repr_markdown_()}" for name in names]
    return "\n\n".join(["# Who was who", *entries])


def documents():
    """Return the extracts of documents, as Markdown."""
    entries = (
        f"## {row.title}\n\n{document(row.id)._repr_markdown_()}"
        for row in load("documents").itertuples()
    )
    return "\n\n".join(["# Documents", *entries])


def reading():
    """Return the annotated list of further reading, as Markdown."""
    parts = ["# Further reading", "What a work is best at, and what its critics say."]
    for topic in load("further_reading")["topic"].unique():
        parts += [f"## {topic.capitalize()}", further_reading(topic)._repr_markdown_()]
    return "\n\n".join(parts)


def works():
    """Return every work that a table or a lesson cites, under its key, as Markdown."""
    all_works = bibliography(load("sources")["key"])
    pairs = zip(all_works.keys, all_works.references, strict=True)
    lines = (f"- [{reference}]{{#{key}}}" for key, reference in pairs)
    return "# Bibliography\n\nBy author and year.\n\n" + "\n".join(lines)
