"""Who says so: citations, bibliographies and the glossary, read from ``data/``."""

import re
from dataclasses import dataclass
from functools import cache

from glf_utils.tablefile import DataError, data_folder, name_of, read_text
from glf_utils.tables import load, unread
from glf_utils.words import did_you_mean, folded, listed

BIB = data_folder() / "references.bib"
GLOSSARY = BIB.with_name("glossary.csv")


class UnknownName(KeyError):
    """A citation key or a term that the project's files do not hold."""

    def __str__(self):
        return str(self.args[0])


@cache
def _works():
    from pybtex.database import parse_string
    from pybtex.exceptions import PybtexError

    try:
        return parse_string(read_text(BIB), "bibtex").entries
    except PybtexError as error:
        line = getattr(error, "lineno", None)
        raise DataError(
            f"{name_of(BIB)}{f', line {line}' * bool(line)}: {error}. Correct that "
            "entry, or restore the file."
        ) from None


def _work(key):
    works = _works()
    if key not in works:
        raise UnknownName(f"no work {key!r} in data/{BIB.name}{did_you_mean(key, works)}")
    return works[key]


def _plain(text):
    """BibTeX to Unicode: dashes, quotation marks, braces, the escaped ampersand."""
    for tex, sign in (("--", "–"), ("``", "“"), ("''", "”"), ("\\&", "&"), ("'", "’")):
        text = text.replace(tex, sign)
    return re.sub(r"[{}]", "", text)


def _get(work, name, before="", after=""):
    value = _plain(work.fields.get(name, ""))
    return before + value + after if value else ""


def _year(work):
    return _get(work, "year") or "n.d."


def _names(work, role=None, given=True):
    people = work.persons.get(role or ("author" if "author" in work.persons else "editor"), [])
    last = [_plain(" ".join(person.prelast_names + person.last_names)) for person in people]
    first = [_plain(" ".join(person.first_names + person.middle_names)) for person in people]
    return [f"{a}, {b}" if b and given else a for a, b in zip(last, first, strict=True)]


def _label(work):
    """The name a citation goes by: short author, surnames, or the title itself."""
    names = _names(work, given=False)
    surnames = f"{names[0]} et al." if len(names) > 2 else listed(names)
    return _get(work, "shortauthor") or surnames or _get(work, "title")


def cite(*keys_and_places):
    """Cite works in running text, author and year.

    Parameters
    ----------
    *keys_and_places : str
        Keys of ``data/references.bib``; a text such as ``"Table 1"`` or ``"p. 254"`` is the
        place in the work before it.

    Returns
    -------
    str
        The citations in the order given, joined by semicolons.

    Raises
    ------
    UnknownName
        When a key is not in ``references.bib``; near spellings are suggested.

    Examples
    --------
    >>> cite("ashton1984")
    'Ashton et al. (1984)'
    >>> cite("banister1984", "Table 5", "lin1990")
    'Banister (1984, Table 5); Lin (1990)'
    """
    cited = []
    for text in keys_and_places:
        is_key = text in _works() or re.fullmatch(r"[a-z]+[\d_]\w*", text)
        if is_key or not cited:
            cited.append((_work(text), []))
        else:
            cited[-1][1].append(text)
    return "; ".join(f"{_label(work)} ({', '.join([_year(work), *at])})" for work, at in cited)


def _title(work):
    """Books in italics, parts in quotation marks, descriptions in their square brackets."""
    title = _get(work, "title")
    if title.startswith("["):
        return title
    if work.type in ("book", "phdthesis"):
        return f"*{title}*"
    return "“" + title.translate(str.maketrans("“”", "‘’")) + "”"


def _container(work):
    """Where the work appeared, as a list of phrases."""
    publisher, pages = _get(work, "publisher"), _get(work, "pages")
    imprint = _get(work, "address", after=": " if publisher else "") + publisher
    if work.type == "article":
        issue = _get(work, "volume") + _get(work, "number", "(", ")")
        return [f"*{_get(work, 'journal')}* {issue}".strip() + (pages and f": {pages}")]
    if work.type == "incollection":
        editors = _names(work, "editor")
        role = " (eds), " if len(editors) > 1 else " (ed.), " if editors else ""
        book = f"In {listed(editors)}{role}*{_get(work, 'booktitle')}*"
        return [book + (pages and f", pp. {pages}"), imprint]
    if work.type == "techreport":
        return [_get(work, "institution") + _get(work, "number", ", ")]
    if work.type == "phdthesis":
        return [_get(work, "school", "PhD thesis, ")]
    return [_get(work, "series") + _get(work, "number", " "), imprint, _get(work, "howpublished")]


def _reference(work):
    """The full reference in Markdown, author and year first."""
    names = _names(work)
    edited = names and "author" not in work.persons
    role = (" (eds)" if len(names) > 1 else " (ed.)") if edited else ""
    head = [listed(names) + role, _title(work)] if names else [_title(work)]
    head[0] += f" ({_year(work)})"
    link = _get(work, "doi", "https://doi.org/") or work.fields.get("url")
    parts = [*head, *_container(work), _get(work, "note")]
    return " ".join([f"{part.rstrip('.')}." for part in parts if part] + [f"<{link}>"] * bool(link))


@dataclass(frozen=True)
class Bibliography:
    """Full references; shows itself as text or Markdown.

    Attributes
    ----------
    keys : tuple of str
        Of the works, sorted by author and year.
    """

    keys: tuple

    @property
    def references(self):
        """Full references in Markdown, in the order of the keys."""
        return [_reference(_work(key)) for key in self.keys]

    def __repr__(self):
        return re.sub(r"[*<>]", "", "\n".join(self.references))

    def _repr_markdown_(self):
        works = "\n".join(f"- {reference}" for reference in self.references)
        count = f"{len(self.keys)} work" + "s" * (len(self.keys) != 1)
        return f"<details>\n<summary>{count}</summary>\n\n{works}\n\n</details>"


def bibliography(*keys_or_tables):
    """List works in full, each once, sorted by author and year.

    Parameters
    ----------
    *keys_or_tables : str, list of str, or DataFrame
        Keys of ``data/references.bib``, or tables whose column ``source`` holds such keys.

    Returns
    -------
    Bibliography
        Prints as text; a notebook shows a folded list with links.

    Raises
    ------
    UnknownName
        When a key is not in ``references.bib``, or a table has no column ``source``.

    Examples
    --------
    >>> bibliography("allen2003", ["becker1996"])
    Allen, Robert C. (2003). Farm to Factory: A Reinterpretation of the Soviet Industrial \
Revolution. Princeton University Press.
    Becker, Jasper (1996). Hungry Ghosts: China’s Secret Famine. London: John Murray.
    """

    def order(key):
        work = _work(key)
        names = _names(work) or [_get(work, "title")]
        return [[folded(part) for part in name.split(",")] for name in names], _year(work), key

    keys = {key for item in keys_or_tables for key in _keys(item)}
    return Bibliography(tuple(sorted(keys, key=order)))


def _keys(item):
    if isinstance(item, str):
        return [item]
    if not hasattr(item, "columns"):
        return item
    if "source" not in item.columns:
        raise UnknownName(f"this table has no column 'source', only {', '.join(item.columns)}")
    return item["source"].dropna().unique()


@dataclass(frozen=True)
class Term:
    """A word of the period or of the course.

    Attributes
    ----------
    english, hanzi, pinyin : str
        The word, in characters, and as it is said; the last two empty where it is no Chinese word.
    definition : str
        What it means.
    checked : bool
        Whether that was read.
    """

    english: str
    hanzi: str
    pinyin: str
    definition: str
    checked: bool = False

    @property
    def _meaning(self):
        return self.definition + ("" if self.checked else " [Definition unchecked]")

    def __repr__(self):
        chinese = f" ({self.hanzi} {self.pinyin})" if self.hanzi else ""
        return f"{self.english}{chinese}: {self._meaning}"

    def _repr_markdown_(self):
        chinese = f" ({self.hanzi} *{self.pinyin}*)" if self.hanzi else ""
        return f"**{self.english}**{chinese}: {self._meaning}"


def _spaced(text):
    """Words folded and in the singular, with a blank between."""
    ones = [re.sub("ies$", "y", word) for word in text.casefold().split()]
    return " ".join(folded(re.sub("(?<=s)es$|(?<![isu])s$", "", word)) for word in ones)


def _key(text):
    """The form in which names of terms are compared."""
    return _spaced(text).replace(" ", "")


@cache
def _words():
    """Every term under each of its names."""
    rows = load("glossary", GLOSSARY.parent)
    rows["checked"] = ~unread(rows)
    rows = rows.fillna("")
    columns = ["term_en", "chinese_simplified", "pinyin", "definition", "checked"]
    words = [Term(*row) for row in rows[columns].itertuples(index=False)]
    return {
        _key(name): word
        for word, also in zip(words, rows["also"], strict=True)
        for name in (*also.split(";"), word.pinyin, word.hanzi, word.english)
        if name
    }


def _holding(part):
    """Terms whose English has this among its words, or else among its letters."""
    words = dict.fromkeys(_words().values())
    whole = [w for w in words if f" {_spaced(part)} " in f" {_spaced(w.english)} "]
    return whole or [w for w in words if _key(part) in _key(w.english)]


def term(name):
    """Look up a word of the period or of the course in ``data/glossary.csv``.

    A definition that was read in no work is shown as unchecked. Spelling is another matter: the
    column ``spelling_checked_in`` says where characters and pinyin were looked up.

    Parameters
    ----------
    name : str
        The English term in the singular or the plural, another name for it, a part that no other
        term has, the characters, or the pinyin with or without tone marks.

    Returns
    -------
    Term
        Prints as text; a notebook shows it in Markdown.

    Raises
    ------
    UnknownName
        When the glossary has no such term, and near spellings are suggested; or when several
        terms have this part, and they are listed.

    Examples
    --------
    >>> term("jin")
    jin (斤 jīn): Unit of weight, half a kilogram.
    >>> term("trade grain").checked
    False
    >>> term("工分") == term("gongfen") == term("work point") == term("work points")
    True
    >>> term("excess mortality").english
    'excess deaths'
    """
    words = _words()
    if _key(name) in words:
        return words[_key(name)]
    holding = _holding(name) if _key(name) else []
    if len(holding) == 1:
        return holding[0]
    if holding:
        names = listed(repr(word.english) for word in holding)
        raise UnknownName(f"several terms with {name!r} in data/{GLOSSARY.name}: {names}")
    forms = ((word.english, word.hanzi, folded(word.pinyin)) for word in words.values())
    known = [form for word in forms for form in word if form]
    raise UnknownName(f"no term {name!r} in data/{GLOSSARY.name}{did_you_mean(name, known)}")
