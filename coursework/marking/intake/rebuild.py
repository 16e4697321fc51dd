"""Put a student's work back into the problem set as it was handed out.

An answer is known by its cell's name, else by the line that is printed above it; all else stays
where it stood. What that does not settle is left to the teacher, with the reason.
"""

import builtins
import copy
import itertools
import re
import symtable
from collections import Counter, namedtuple
from functools import lru_cache

from coursework.marking.intake.notebook_file import name_of
from coursework.marking.intake.whose import says_who

MARKER = re.compile(r"(?im)^[\s#>*_\"'`/-]*your answer (?:to|for)(?: question)?\s*(\d+)\b.*$")
ALWAYS = frozenset(dir(builtins)) | {"get_ipython", "display", "In", "Out", "_", "__", "___"}
SHORT = 12  # characters: a cell of the set shorter than this is not looked for in another
KEPT = "*Kept from a cell that is not yours to change; it is not run:*"

Question = namedtuple("Question", "index kind stub names number label")


class Piece(namedtuple("Piece", "text kind slot attachments above index", defaults=[0, None])):
    """A cell to be: the student's own, or the released one of that index with its answer.

    It stood before the released cell ``slot`` and after the one ``above``. Its ``kind`` is "code",
    "markdown", "raw" or, from a cell of the set's that was changed, "kept".
    """

    @property
    def code(self):
        """What the cell runs, nothing if it is not code."""
        return self.text if self.kind == "code" else ""


def rebuild(damaged, released):
    """Put a student's work back into the problem set as it was handed out.

    Of a notebook as ``notebook_file.read`` returns it come back three things: one with all released
    cells in their order, the answers in the cells for them and everything else of the student's in
    cells without points; what was damaged, in sentences that can be forwarded; and what a teacher
    has to look at.
    """
    release = Release(released)
    found = Found(damaged, release)
    rebuilt = Rebuilt(release, found)
    notebook = {**copy.deepcopy(released), "cells": rebuilt.cells()}
    return notebook, found.notes(rebuilt.moved), found.doubts + rebuilt.doubts()


class Release:
    """A problem set as it was handed out: its cells, and which of them are for answers."""

    def __init__(self, notebook):
        self.cells = notebook["cells"]
        self.texts = ["".join(cell["source"]) for cell in self.cells]
        self.pieces = [
            Piece(text, cell["cell_type"], index, {}, index=index)
            for index, (cell, text) in enumerate(zip(self.cells, self.texts, strict=True))
        ]
        told = [cell["metadata"]["nbgrader"] for cell in self.cells]
        self.by_id = {one["grade_id"]: index for index, one in enumerate(told)}
        self.questions = {
            index: self._question(index) for index, one in enumerate(told) if one["solution"]
        }
        self.by_number = {question.number: question for question in self.questions.values()}
        self.locked = [at for at in range(len(self.cells)) if at not in self.questions]
        self.by_text = {tidy(self.texts[index]): index for index in self.locked}

    def _question(self, index):
        stub, kind = self.texts[index], self.cells[index]["cell_type"]
        marker = MARKER.search(stub)
        number = int(marker[1]) if marker else None
        label = f"Question {number}" if marker else "The cell with your identifier"
        names = defined(stub) if kind == "code" else frozenset()
        return Question(index, kind, stub, names, number, label)


# -- what is there -------------------------------------------------------------------------------


class Found:
    """What a notebook holds, in its order: by question the pieces that answer, the student's own.

    Beside them the released cells of which something was ``seen``, the ``count`` of cells with some
    damage, and ``doubts``, for which a teacher has to look.
    """

    def __init__(self, notebook, release):
        self.release, self.answers = release, {index: [] for index in release.questions}
        self.own, self.seen, self.doubts, self.count = [], [], [], Counter()
        self._waiting, self._paragraph, self._above = [], None, -1
        kernel = notebook["metadata"].get("kernelspec")
        language = kernel.get("language") if isinstance(kernel, dict) else None
        self.language = str(language or "Python")[:30]
        for cell in notebook["cells"]:
            self._sort(cell)
        self._see(len(release.cells))

    def _sort(self, cell):
        text, index = cell["source"], self.release.by_id.get(name_of(cell))
        question = self.release.questions.get(index)
        self.count["nameless"] += index is None and bool(text.strip())
        same = self.release.by_text.get(tidy(text))
        if same is not None and not question:
            self._see(same)
            return
        blocks, rest = self._without_blocks(text, index)
        parts = self._parts(rest, question)
        self.count["merged"] += len(blocks) + len({one for one, _ in parts if one}) > 1
        locked = index is not None and not question and index not in blocks
        self.count["changed"] += locked and bool(text.strip())
        pictures = cell.get("attachments", {})
        for asked, part in parts:
            if asked:
                self._see(asked.index)
                self.answers[asked.index].append(Piece(part, asked.kind, asked.index, pictures))
                self.count["recast"] += asked.kind != cell["cell_type"]
                self._paragraph = asked.index if asked.kind == "markdown" else None
            elif part.strip():
                kind = "kept" if locked else cell["cell_type"]
                self._keep(Piece(part.strip("\n"), kind, None, pictures))
            pictures = {}
        for one in blocks or [index] * locked:
            self._see(one)

    def _without_blocks(self, text, name):
        """Take out of a cell whatever cells of the set's stand in it, word for word."""
        blocks = []
        for index in self.release.locked:
            block = self.release.texts[index].strip("\n")
            if len(block) >= SHORT and block in text:
                rest = re.sub(rf"(?m)^{re.escape(block)}[ \t]*$\n?", "", text)
                blocks += [index] * (rest != text)
                text = rest
        ours = lines(self.release.texts[name]) if name in self.release.locked else ()
        if ours and not blocks and set(ours) <= set(lines(text)):  # written between its lines
            rest = [line for line in text.split("\n") if line.strip() not in ours]
            return [name], "\n".join(rest)
        return blocks, text

    def _parts(self, text, named):
        """Return (question or None, text) for each part of a cell, cut at the printed lines."""
        marks = list(MARKER.finditer(text))
        ends = [mark.start() for mark in marks] + [len(text)]
        parts = [(named, text[: ends[0]])] if text[: ends[0]].strip() or not marks else []
        for mark, end in zip(marks, ends[1:], strict=True):
            asked = self.release.by_number.get(int(mark[1]))
            parts.append((asked, text[mark.start() : end].strip("\n")))
        if len(parts) > 1 and (first := parts[1][0]):  # as after %%time, or a line of one's own
            (whose, lead), (_, rest) = parts[:2]
            if whose == first or not whose and first.kind == "code" and parses(lead):
                parts[:2] = [(first, lead.rstrip("\n") + "\n" + rest)]
        if named and len(parts) == 1 and parts[0][0] not in (None, named):
            self.doubts.append(f"{named.label}: its cell says that it answers another question.")
            return [(named, text)]
        for question in () if named or marks else self.release.questions.values():
            left_open = lines(text) and set(lines(text)) <= set(lines(question.stub))
            if left_open or question.number is None and says_who(text):
                return [(question, text)]
        return parts

    def _keep(self, piece):
        """Keep what stands before the next cell of the set's, or goes on with the paragraph."""
        if self._paragraph and piece.kind == "markdown":
            self.answers[self._paragraph].append(piece)
        else:
            self._waiting.append(piece)

    def _see(self, index):
        self.own += [piece._replace(slot=index, above=self._above) for piece in self._waiting]
        self._waiting, self._paragraph, self._above = [], None, index
        self.seen += [index] * (index not in self.seen)

    def is_loose(self, piece):
        """Say whether other cells of the set's belong between those above and below a piece."""
        between = any(piece.above < index < piece.slot for index in self.seen)
        return piece.index is None and (between or piece.slot <= piece.above)

    def notes(self, moved):
        """Return sentences on what was damaged; ``moved`` are pieces of the student's own."""
        many, notes = self.count, []
        if many["nameless"] > len(self.release.cells) // 2:
            notes.append(
                "The file had been saved by a program that drops the names of cells; "
                "your answers were found by the lines printed above them."
            )
        if self.language.lower() != "python":
            notes.append(f"The file had been saved for {self.language}; it runs with Python 3.")
        if self.seen != sorted(self.seen):
            notes.append("Cells stood in another order than in the set, which was restored.")
        many["missing"] = len(set(self.release.locked) - set(self.seen))
        many["moved"] = len(moved)
        for damage, words in {
            "missing": "Cells of the set that were missing and were put back",
            "changed": "Cells of the set that were changed and put back, what you wrote beside",
            "merged": "Cells that held several and were taken apart",
            "recast": "Cells of answers that had become of another kind",
            "moved": "Cells of your own that were moved to where they are needed",
        }.items():
            notes += [f"{words}: {many[damage]}."] * (many[damage] > 0)
        return notes


# -- what answers --------------------------------------------------------------------------------


def answer_of(question, pieces):
    """Return the Piece that answers a question, None if none does, and answers that do not count.

    Of several that bear the printed line, the last counts; what follows it without the line goes
    on with it.
    """
    pieces = [piece for piece in pieces if is_answer(piece.text, question)]
    pieces = list({tidy(piece.text): piece for piece in pieces}.values())
    if not pieces:
        return None, []
    start = max((at for at, one in enumerate(pieces) if MARKER.search(one.text)), default=0)
    text = ("\n" if question.kind == "code" else "\n\n").join(one.text for one in pieces[start:])
    pictures = {name: one for piece in pieces for name, one in piece.attachments.items()}
    index = question.index
    return Piece(text, question.kind, index, pictures, index=index), pieces[:start]


def in_order(cells, answers, own):
    """Return released cells with the student's own between them, and which of these were moved.

    They stand where they stood; but what an answer needs is put before it, and what needs something
    from further down after that.
    """
    waiting, order, known, moved = own, [], set(), []
    given = set().union(*(defined(piece.code) for piece in cells + own))

    def lacks(piece):
        return needed(piece.code) & given - known

    def called_for(cell):
        """What stood before a cell, and whatever that or the cell's answer still needs."""
        called = [piece for piece in waiting if piece.slot <= cell.index]
        asking = called + [cell] * bool(answers.get(cell.index))
        while asking:
            names = lacks(asking.pop())
            more = [one for one in waiting if one not in called and defined(one.code) & names]
            called, asking = called + more, asking + more
        return [piece for piece in waiting if piece in called]

    for cell in cells:
        while ready := [piece for piece in called_for(cell) if not lacks(piece)]:
            waiting.remove(ready[0])
            order.append(ready[0])
            known |= defined(ready[0].code)
            moved += [ready[0]] * (ready[0].slot != cell.index)
        order.append(cell)
        known |= defined(cell.code)
    return order + waiting, moved


# -- what becomes of it -------------------------------------------------------------------------


class Rebuilt:
    """The released cells with their answers, in their order, the student's own between them.

    ``theirs`` are the pieces in which something is the student's, ``moved`` those of their own that
    stand elsewhere now, and ``loose`` those of which nobody can say where they belong.
    """

    def __init__(self, release, found):
        self.release, self.found, self.answers, self.earlier = release, found, {}, {}
        for index, question in release.questions.items():
            self.answers[index], self.earlier[index] = answer_of(question, found.answers[index])
        cells = [self.answers.get(piece.index) or piece for piece in release.pieces]
        own = [*found.own, *itertools.chain(*self.earlier.values())]
        self.order, self.moved = in_order(cells, self.answers, own)
        self.theirs = [
            one for one in self.order if one.index is None or self.answers.get(one.index)
        ]
        self.loose = [one for one in self.theirs if one in self.moved or found.is_loose(one)]

    def cells(self):
        """Return the pieces as cells of nbformat's."""
        cells, has_ids = [], any("id" in cell for cell in self.release.cells)
        for piece in self.order:
            if piece.index is not None:
                cell, text = copy.deepcopy(self.release.cells[piece.index]), piece.text
            elif piece.kind == "kept":
                fence = "~~~" if "```" in piece.text else "```"
                text = f"{KEPT}\n\n{fence}\n{piece.text}\n{fence}"
                cell = {"cell_type": "markdown", "metadata": {}}
            else:
                cell, text = {"cell_type": piece.kind, "metadata": {}}, piece.text
            if has_ids:
                cell.setdefault("id", f"own-{len(cells):02d}")
            cell["source"] = text.splitlines(keepends=True)
            if cell["cell_type"] == "code":
                cell |= {"outputs": [], "execution_count": None}
            elif piece.attachments:
                cell["attachments"] = piece.attachments
            cells.append(cell)
        return cells

    def doubts(self):
        """Return why a teacher has to look; of a file with no answers they hear anyway."""
        asked = [one for one in self.release.questions.values() if one.number is not None]
        doubts = [*self._doubts_of_order(), *filter(None, map(self._doubt_of_answer, asked))]
        return doubts if any(self.answers.values()) else []

    def _doubts_of_order(self):
        """Yield what is needed and not given above, or given twice where the order was lost."""
        known, given = set(), set().union(*(defined(piece.text) for piece in self.theirs))
        for piece in self.order:
            if names := needed(piece.code) & given - known if piece in self.theirs else ():
                asked = self.release.questions.get(piece.index)
                label = f"{asked.label}: it" if asked else "A cell of the student's own"
                yield f"{label} needs {_listed(names)}, given only further down or not run."
            known |= defined(piece.code)
        codes = {piece.code for piece in self.theirs}
        times = Counter(name for code in codes for name in defined(code))
        wanted = set().union(*map(needed, codes))
        free = set().union(*(defined(piece.code) for piece in self.loose))
        if names := {name for name in wanted & free if times[name] > 1}:
            yield f"{_listed(names)} is given twice, and the cells had lost their order."

    def _doubt_of_answer(self, question):
        """Return why a teacher has to look at one question, None if nothing is doubtful."""
        answer, label = self.answers[question.index], question.label
        at = next(at for at, piece in enumerate(self.order) if piece.index == question.index)
        below = [*itertools.takewhile(lambda piece: piece.index is None, self.order[at + 1 :])]
        here = [self.order[at], *(piece for piece in below if piece.kind == "code")]
        later = [one for one in self.theirs if one in self.order[at:] or one in self.loose]

        def give(pieces):
            texts = [without_stub(piece.text, question) for piece in pieces]
            return question.names & set().union(*map(defined, texts))

        if self.earlier[question.index]:
            return f"{label}: it was answered more than once; the last answer counts."
        if not give(here) and give(later if answer else self.theirs):
            return f"{label}: {_listed(question.names)} is given elsewhere; does that answer?"
        if give([piece for piece in self.loose if piece not in here]):
            return f"{label}: {_listed(question.names)} is given elsewhere too."
        if not answer and not give(here) and question.index not in self.found.seen:
            return f"{label}: its cell is missing; please ask whether there was an answer."
        count, language = self.found.count, self.found.language.lower()
        spoilt = below or count["merged"] or count["recast"] or language != "python"
        if spoilt and answer and question.kind == "code" and not parses(answer.text):
            return f"{label}: what stands in its cell is no Python."
        return None


def _listed(names):
    return " and ".join(sorted(names))


def answered(notebook, released):
    """Return the answers of a rebuilt notebook by the names of their cells: what was not given."""
    given = {"".join(cell["source"]) for cell in released["cells"]}
    built = {name_of(cell): "".join(cell["source"]) for cell in notebook["cells"]}
    theirs = {name: tidy(text) for name, text in built.items() if text not in given}
    return {name: text for name, text in theirs.items() if name not in ("", "student")}


# -- texts ---------------------------------------------------------------------------------------


def lines(text):
    """Return the lines of a text that are not blank, without blanks around them."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def tidy(text):
    """Return a text without blank lines and blanks at line ends, to compare it with another."""
    return "\n".join(line.rstrip() for line in text.split("\n") if line.strip())


def without_stub(text, question):
    """Return a text without the lines that were handed out in a question's cell."""
    ours = set(lines(question.stub))
    return "\n".join(line for line in text.split("\n") if line.strip() not in ours)


def is_answer(text, question):
    """Say whether a cell holds anything besides what was handed out."""
    return any(not MARKER.fullmatch(line) for line in lines(without_stub(text, question)))


def parses(code):
    """Say whether a cell's code is Python, or what IPython makes of it."""
    return _names(code) is not None


def defined(code):
    """Return the names that a cell leaves behind: variables, functions, imports."""
    names = _names(code)
    if names is None:
        return frozenset(re.findall(r"(?m)^[ \t]*([A-Za-z_]\w*)[ \t]*[-+*/]?=(?!=)", code))
    return names[0]


def needed(code):
    """Return the names that a cell uses and does not define itself."""
    names = _names(code)
    return names[1] if names else frozenset()


@lru_cache(4096)
def _names(code):
    """Return the names that a cell defines and those it needs, None if it is not Python."""
    plain = re.sub(r"(?m)^([ \t]*)[%!?].*$", r"\1pass", code)
    try:
        top = symtable.symtable(plain, "cell", "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    given = {one.get_name() for one in top.get_symbols() if one.is_assigned() or one.is_imported()}
    used, tables = set(re.findall(r"@(\w+)", code)), [top]  # as in .query("year == @start")
    while tables:
        table = tables.pop()
        tables += table.get_children()
        used |= {
            one.get_name()
            for one in table.get_symbols()
            if one.is_referenced() and (table is top or one.is_global())
        }
    return frozenset(given), frozenset(used - given - ALWAYS)
