"""Who says so: citations, bibliographies and the glossary, read from ``data/``."""

import csv
import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "data"
BIB = DATA / "references.bib"
GLOSSARY = DATA / "glossary.csv"


class UnknownName(KeyError):
    """A citation key or a term that the project's files do not hold."""

    def __str__(self):
        return str(self.args[0])


@cache
def _works():
    from pybtex.database import parse_file

    return parse_file(str(BIB), bib_format="bibtex").entries


def _work(key):
    works = _works()
    if key not in works:
        raise UnknownName(f"no work {key!r} in data/{BIB.name}{_suggest(key, works)}")
    return works[key]


def _suggest(name, known):
    """The near spellings among the keys of ``known``, as the end of an error message."""
    near = get_close_matches(name, list(known), n=3, cutoff=0.6)
    return f"; did you mean {' or '.join(map(repr, near))}?" if near else ""


def _plain(text):
    """BibTeX to Unicode: dashes, quotation marks, braces, escaped signs."""
    for tex, sign in (("--", "–"), ("``", "“"), ("''", "”"), ("\\&", "&"), ("'", "’")):
        text = text.replace(tex, sign)
    return re.sub(r"[{}]", "", text)


def _get(work, name):
    return _plain(work.fields.get(name, ""))


def _surname(person):
    return _plain(" ".join(person.prelast_names + person.last_names))


def _full_name(person):
    given = _plain(" ".join(person.first_names + person.middle_names))
    return f"{_surname(person)}, {given}" if given else _surname(person)


def _names(work, form, role=None):
    people = work.persons.get(role or ("author" if "author" in work.persons else "editor"), [])
    return [form(person) for person in people]


def _list(names):
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _label(work):
    """The name a citation goes by: short author, surnames, or the title itself."""
    names = _names(work, _surname)
    surnames = f"{names[0]} et al." if len(names) > 2 else _list(names)
    return _get(work, "shortauthor") or surnames or _get(work, "title")


def _year(work):
    return _get(work, "year") or "n.d."


def _looks_like_key(text):
    return text in _works() or bool(re.fullmatch(r"[a-z]+[\d_]\w*", text))


def cite(*keys_and_locators):
    """Cite works in running text, author and year.

    Parameters
    ----------
    *keys_and_locators : str
        Keys of ``data/references.bib``. A text after a key that is not itself a key, such as
        ``"Table 1"`` or ``"p. 254"``, is the place in that work.

    Returns
    -------
    str
        For example ``"Banister (1984); Ashton et al. (1984, Table 1)"``, in the order given.

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
    for text in keys_and_locators:
        if cited and not _looks_like_key(text):
            cited[-1][1].append(text)
        else:
            cited.append((_work(text), []))
    if not cited:
        raise UnknownName("cite needs a key of data/references.bib, such as 'ashton1984'")
    return "; ".join(
        f"{_label(work)} ({', '.join([_year(work), *places])})" for work, places in cited
    )


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

    def get(name, before="", after=""):
        value = _get(work, name)
        return before + value + after if value else ""

    imprint = get("address", after=": " if get("publisher") else "") + get("publisher")
    if work.type == "article":
        issue = get("volume") + get("number", "(", ")")
        return [f"*{get('journal')}* {issue}".strip() + get("pages", ": ")]
    if work.type == "incollection":
        editors = _names(work, _full_name, "editor")
        role = " (eds), " if len(editors) > 1 else " (ed.), " if editors else ""
        return [f"In {_list(editors)}{role}*{get('booktitle')}*" + get("pages", ", pp. "), imprint]
    if work.type == "techreport":
        return [get("institution") + get("number", ", ")]
    if work.type == "phdthesis":
        return [get("school", "PhD thesis, ")]
    return [get("series") + get("number", " "), imprint, get("howpublished")]


def _reference(work):
    """The full reference in Markdown, author and year first."""
    names = _names(work, _full_name)
    edited = names and "author" not in work.persons
    role = (" (eds)" if len(names) > 1 else " (ed.)") if edited else ""
    head = [_list(names) + role, _title(work)] if names else [_title(work)]
    head[0] += f" ({_year(work)})"
    doi = work.fields.get("doi")
    link = f"https://doi.org/{doi}" if doi else work.fields.get("url")
    parts = [*head, *_container(work), _get(work, "note")]
    return " ".join([f"{part.rstrip('.')}." for part in parts if part] + [f"<{link}>"] * bool(link))


@dataclass(frozen=True)
class Bibliography:
    """Full references, sorted by author and year; shows itself as text or Markdown."""

    keys: tuple

    def _references(self):
        return [_reference(_work(key)) for key in self.keys]

    def __len__(self):
        return len(self.keys)

    def __repr__(self):
        return "\n".join(re.sub(r"[*<>]", "", text) for text in self._references())

    def _repr_markdown_(self):
        return "\n".join(f"- {text}" for text in self._references())


def _keys_of(item):
    if isinstance(item, str):
        return [item]
    if hasattr(item, "columns"):
        if "source" not in item.columns:
            raise UnknownName(f"this table has no column 'source'; it has {list(item.columns)}")
        return [key for key in item["source"].dropna().unique() if key]
    return list(item)


def bibliography(*keys_or_tables):
    """List works in full, each once, sorted by author and year.

    Parameters
    ----------
    *keys_or_tables : str, sequence of str, or DataFrame
        Keys of ``data/references.bib``, or tables whose ``source`` column holds such keys.

    Returns
    -------
    Bibliography
        Prints as text; a notebook shows it as a list with links.

    Raises
    ------
    UnknownName
        When a key is not in ``references.bib``, or a table has no ``source`` column.

    Examples
    --------
    >>> bibliography("peng1987")
    Peng, Xizhe (1987). “Demographic Consequences of the Great Leap Forward in China’s Provinces”. \
Population and Development Review 13(4): 639–670.
    """
    keys = {key for item in keys_or_tables for key in _keys_of(item)}

    def order(key):
        work = _work(key)
        names = _names(work, _full_name) or [_get(work, "title")]
        return [[_fold(part) for part in name.split(",")] for name in names], _year(work), key

    return Bibliography(tuple(sorted(keys, key=order)))


@dataclass(frozen=True)
class Term:
    """A word of the period, with its characters, pinyin and meaning."""

    english: str
    hanzi: str
    pinyin: str
    definition: str
    source: str

    def __repr__(self):
        return f"{self.english} ({self.hanzi} {self.pinyin}): {self.definition}"

    def _repr_markdown_(self):
        return f"**{self.english}** ({self.hanzi} *{self.pinyin}*): {self.definition}"


def _fold(text):
    """Lower case, without tone marks, apostrophes, hyphens or spaces."""
    letters = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in letters if letter.isalnum())


@cache
def _terms():
    with GLOSSARY.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    found = {}
    for column in ("term_en", "chinese_simplified", "pinyin"):
        for row in rows:
            entry = Term(row["term_en"], row["chinese_simplified"], row["pinyin"],
                         row["definition"], row["source"])
            found.setdefault(_fold(row[column]), (row[column], entry))
    return found


def term(name):
    """Look up a term of the period in ``data/glossary.csv``.

    Parameters
    ----------
    name : str
        The English term, the Chinese characters, or the pinyin with or without tone marks.

    Returns
    -------
    Term
        Shows itself as ``english (characters pinyin): definition``.

    Raises
    ------
    UnknownName
        When the glossary has no such term; near spellings are suggested.

    Examples
    --------
    >>> term("gongfen").english
    'work points'
    >>> term("工分") == term("work points")
    True
    """
    terms = _terms()
    if _fold(name) not in terms:
        raise UnknownName(f"no term {name!r} in data/{GLOSSARY.name}{_suggest(_fold(name), terms)}")
    return terms[_fold(name)][1]
