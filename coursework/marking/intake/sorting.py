"""Sort the cells of a damaged notebook: the set's own, answers that say so, all else."""

from bisect import bisect_left
from collections import namedtuple

from .texts import (
    MARKER,
    cut_out,
    defined,
    given,
    left_open,
    likeness,
    own_lines,
    parses,
    split_at_markers,
    tidy,
    unfenced,
)

Question = namedtuple("Question", "index grade_id kind stub names number label")
Piece = namedtuple("Piece", "at text kind attachments marked inert", defaults=({}, False, False))
SHORT = 12  # characters: a block of the set's own text shorter than this is not looked for


class Release:
    """A problem set as it was handed out: its questions, and the cells that are the set's own."""

    def __init__(self, notebook):
        self.cells = notebook["cells"]
        self.texts = ["".join(cell["source"]) for cell in self.cells]
        self.ids = [cell["metadata"]["nbgrader"]["grade_id"] for cell in self.cells]
        self.questions = [
            self._question(index)
            for index, cell in enumerate(self.cells)
            if cell["metadata"]["nbgrader"]["solution"]
        ]
        self.by_id = {question.grade_id: question for question in self.questions}
        self.by_number = {q.number: q for q in self.questions if q.number is not None}
        theirs = {question.index for question in self.questions}
        self.locked = [index for index in range(len(self.cells)) if index not in theirs]
        self.locked_by_id = {self.ids[index]: index for index in self.locked}

    def _question(self, index):
        stub, grade_id = self.texts[index], self.ids[index]
        marker = MARKER.search(stub)
        number = int(marker.group(1)) if marker else None
        label = "The cell with your identifier" if number is None else f"Question {number}"
        names = left_open(stub) or given(stub)
        return Question(index, grade_id, self.cells[index]["cell_type"], stub, names, number, label)


class Found:
    """What a damaged notebook holds, sorted out against the released one.

    Attributes
    ----------
    own : dict of str to list of Piece
        By question, the pieces that say whose answer they are.
    extras : list of Piece
        All else that the student wrote.
    anchors : list of (tuple, int)
        Where in the file which released cell stands.
    changed : set of int
        Released cells that had been altered.
    moulds : set of str
        Questions whose cell had become one of another kind.
    """

    def __init__(self, notebook, release):
        self.release = release
        self.own = {question.grade_id: [] for question in release.questions}
        self.extras, self.anchors, self.changed, self.moulds = [], [], set(), set()
        self.merged = self.nameless = 0
        self.by_text = {}
        for index in release.locked:
            self.by_text.setdefault(tidy(release.texts[index]), []).append(index)
        for at, cell in enumerate(notebook["cells"]):
            self._sort(at, cell)
        self._recognise_altered()

    @property
    def seen(self):
        """Released cells of which something is there."""
        return {index for _, index in self.anchors}

    def _sort(self, at, cell):
        text, kind = cell["source"], cell["cell_type"]
        grade_id = (
            (cell["metadata"].get("nbgrader") or {}).get("grade_id")
            if isinstance(cell["metadata"].get("nbgrader"), dict)
            else None
        )
        question = self.release.by_id.get(grade_id) if isinstance(grade_id, str) else None
        ours = self.release.locked_by_id.get(grade_id) if isinstance(grade_id, str) else None
        self.nameless += question is None and ours is None and bool(text.strip())
        same = self.by_text.get(tidy(text), [])
        if same and question is None:
            fresh = [index for index in same if index not in self.seen]
            self.anchors.append(((at, 0), ours if ours in same else (fresh or same)[0]))
            return
        found, rest = self._cut_released(text)
        self.anchors += [((at, step), index) for step, index in enumerate(found)]
        parts = self._parts(rest, question)
        asked = [part[0] for part in parts if part[0]]
        self.merged += len(set(asked)) > 1 or len(found) + bool(asked) > 1
        if question and not parts:
            parts = [(question, "", False)]
        for step, (whose, part, marked) in enumerate(parts, len(found)):
            attachments = cell.get("attachments", {}) if step == len(found) else {}
            if whose:
                self._keep_own(whose, (at, step), part, kind, attachments, marked)
            elif ours is not None and ours not in found:
                self._keep_written_in_ours(ours, (at, step), part)
            elif part.strip() and not self._is_a_part_of_ours(part, (at, step)):
                self.extras.append(Piece((at, step), part, kind, attachments))
                self.changed |= set(found) & {ours}

    def _cut_released(self, text):
        """Take out of a merged cell all that is the set's own, word for word."""
        found = []
        for index in self.release.locked:
            block = self.release.texts[index]
            if len(block) >= SHORT and block.partition("\n")[0].rstrip() in text:
                rest = cut_out(text, block)
                if rest is not None:
                    text, found = rest, [*found, index]
        return found, text

    def _parts(self, text, question):
        """Return (question or None, text, whether a line says so) for each part of a cell."""
        parts = [
            (self.release.by_number.get(number), part, number in self.release.by_number)
            for number, part in split_at_markers(text)
        ]
        if question and len(parts) == 1 and parts[0][0] not in (None, question):
            named = parts[0][0]  # a copied cell in which the student altered the line
            if not (given(text) & named.names) or given(text) & question.names:
                parts = [(question, text, True)]
        if parts and not parts[0][2]:
            if question:
                parts[0] = (question, parts[0][1], False)
            elif len(parts) > 1 and parts[1][0].kind == "code" and parses(parts[0][1]):
                parts = [(parts[1][0], parts[0][1] + "\n" + parts[1][1], True), *parts[2:]]
        if len(parts) > 1 and parts[0][0] == parts[1][0] and not parts[0][2]:
            parts = [(parts[1][0], parts[0][1] + "\n" + parts[1][1], True), *parts[2:]]
        return parts

    def _keep_own(self, question, at, text, kind, attachments, marked):
        if question.kind != kind:
            self.moulds.add(question.grade_id)
            text = unfenced(text) if question.kind == "code" else text
        self.own[question.grade_id].append(Piece(at, text, question.kind, attachments, marked))
        self.anchors.append((at, question.index))

    def _keep_written_in_ours(self, ours, at, text):
        """Keep what stands in one of the set's cells and is not the set's."""
        self.anchors.append((at, ours))
        added, altered = own_lines(text, self.release.texts[ours])
        if not (added or altered):
            return
        self.changed.add(ours)
        is_code = self.release.cells[ours]["cell_type"] == "code"
        for text, runs in ((added, True), (altered, False)):
            if text and is_code:
                answers = any(given(text) & question.names for question in self.release.questions)
                rebinds = defined(text) & defined(self.release.texts[ours])
                runs = parses(text) and (answers or runs and not rebinds)
                self.extras.append(Piece((*at, runs), text, "code", inert=not runs))
            elif text:
                self.extras.append(Piece((*at, runs), text, "markdown"))

    def _is_a_part_of_ours(self, text, at):
        """Say whether a cell is a piece cut off one of the set's."""
        if len(tidy(text)) < 2 * SHORT:
            return False
        for index in self.release.locked:
            if own_lines(text, self.release.texts[index]) == ("", ""):
                self.anchors.append((at, index))
                return True
        return False

    def _recognise_altered(self):
        """Find among the extras the set's own cells that were retyped or lost their names."""
        for index in self.release.locked:
            text = self.release.texts[index]
            kind = self.release.cells[index]["cell_type"]
            for piece in self.extras if index not in self.seen else ():
                if likeness(piece.text, text) > 0.85 and (
                    kind == "markdown" or defined(piece.text) == defined(text)
                ):
                    self.extras.remove(piece)
                    self._keep_written_in_ours(index, piece.at, piece.text)
                    break
        self.extras.sort(key=lambda piece: piece.at)
        self.anchors.sort()

    def backbone(self):
        """Return the longest run of anchors that stand in the order of the release."""
        ends, last, before = [], [], {}
        for place, (_, index) in enumerate(self.anchors):
            length = bisect_left(ends, index + 0.5)
            before[place] = last[length - 1] if length else None
            ends[length : length + 1], last[length : length + 1] = [index], [place]
        run, place = [], last[-1] if last else None
        while place is not None:
            run.append(self.anchors[place])
            place = before[place]
        return run[::-1]

    def between(self, piece):
        """Return the released indices between which a piece of the student's stands."""
        run = self.backbone()
        earlier = [index for at, index in run if at < piece.at]
        later = [index for at, index in run if at > piece.at]
        return (earlier or [-1])[-1], (later or [len(self.release.cells)])[0]
