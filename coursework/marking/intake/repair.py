"""Rebuild a damaged submission: the set's own cells in their order, the student's work in them."""

import copy
from collections import namedtuple

from .answers import code_answer, is_answer, written_answer
from .sorting import Found, Release
from .texts import MARKER, defined, given, needed, parses, unfenced

Placed = namedtuple("Placed", "cell text ours moves")
"""A cell of the rebuilt notebook, the released cell it is (None: the student's own), and whether
it may be put before a cell that needs it."""
BACK = "was missing from the file and was put back as it was handed out"
ASK = "is missing from the file; please ask whether there was an answer."


def rebuild(damaged, released):
    """Put a student's work back into the problem set as it was handed out.

    Parameters
    ----------
    damaged : dict
        A notebook as :func:`reading.read` returns it.
    released : dict
        The problem set as students got it.

    Returns
    -------
    notebook : dict
        All released cells in their order; the student's answers in the cells for answers;
        everything else of the student's in cells that carry no points.
    notes : list of str
        What was damaged and what was done, in sentences that can be forwarded.
    by_hand : list of str
        What a teacher has to look at.
    """
    release = Release(released)
    found = Found(damaged, release)
    answers, by_hand = {}, []
    for question in release.questions:
        if question.kind == "code":
            answers[question.index] = code_answer(question, found)
        else:
            answers[question.index], reasons = written_answer(question, found)
            by_hand += reasons
    notes = said_of_cells(found) + said_of_answers(found, answers)
    elsewhere, more = answered_in_another_cell(found, answers)
    notes += more
    notes += run_what_others_need(found, answers)
    order, moved = settled(in_order(found, answers, elsewhere))
    if moved:
        notes.append(
            f"{_cells(moved)} of your own {_were(moved)} moved, so that every cell finds "
            "what it needs above it."
        )
    other, reasons = said_of_kernel(damaged, order)
    notebook = copy.deepcopy(released)
    notebook["cells"] = with_ids([placed.cell for placed in order], released)
    if any(answers.values()):  # of one with no answer at all the teacher hears anyway
        asked = [note.removesuffix(f"{BACK}.") + ASK for note in notes if note.endswith(f"{BACK}.")]
        said = {reason.partition(":")[0] for reason in by_hand}
        by_hand += [one for one in asked if one.partition(":")[0] not in said]
    return notebook, together(other + notes), by_hand + reasons


# -- what goes where -----------------------------------------------------------------------------


def in_order(found, answers, elsewhere):
    """Return the cells of the rebuilt notebook, each a Placed."""
    release, slots = found.release, {}
    backbone = found.backbone()
    for piece in found.extras:
        slot = max((index + 1 for at, index in backbone if at < piece.at), default=0)
        slots.setdefault(slot, []).append(piece)
    order = []
    for index, cell in enumerate(release.cells):
        order += [_theirs(piece) for piece in slots.get(index, ())]
        cell, answer = copy.deepcopy(cell), answers.get(index)
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}
        text = answer.text if answer else elsewhere.get(index, release.texts[index])
        cell["source"] = text.splitlines(keepends=True)
        if answer and answer.attachments:
            cell["attachments"] = answer.attachments
        order += [_theirs(piece) for piece in (answer.before if answer else ())]
        order.append(Placed(cell, text, index, False))
        order += [_theirs(piece) for piece in (answer.after if answer else ())]
    return order + [_theirs(piece) for piece in slots.get(len(release.cells), ())]


def _theirs(piece):
    text, kind = piece.text, piece.kind
    if piece.inert:
        fence = "~~~" if "```" in text else "```"
        first = "*Kept from a cell that is not yours to change; it is not run:*"
        text = f"{first}\n\n{fence}\n{text}\n{fence}"
        kind = "markdown"
    cell = {"cell_type": kind, "metadata": {}, "source": text.splitlines(keepends=True)}
    if kind == "code":
        cell |= {"outputs": [], "execution_count": None}
    elif piece.attachments:
        cell["attachments"] = piece.attachments
    return Placed(cell, text, None, kind == "code")


def settled(order):
    """Put a student's own cell before the first cell that needs it and after what it needs itself.

    Cells that find their names where they stand are not moved; each goes up and down once at most.

    Returns
    -------
    (list of Placed, int)
        The order, and how many were moved.
    """
    order, known, up, down, place = list(order), set(), [], [], 0
    while place < len(order):
        placed = order[place]
        if placed.cell["cell_type"] != "code":
            place += 1
            continue
        missing = needed(placed.text) - known
        giving = [
            other
            for other in order[place + 1 :]
            if missing & defined(other.text) and other.cell["cell_type"] == "code"
        ]
        movable = [other for other in giving if other.moves and not _among(other, up)]
        if movable:
            order = [other for other in order if other is not movable[0]]
            order.insert(place, movable[0])
            up.append(movable[0])
        elif giving and placed.moves and not _among(placed, down):
            order = [other for other in order if other is not placed]
            first = {name: one for one in giving[::-1] for name in missing & defined(one.text)}
            last = max(at for at, one in enumerate(order) if _among(one, first.values()))
            order.insert(last + 1, placed)
            down.append(placed)
        else:
            known |= defined(placed.text)
            place += 1
    return order, len(up) + sum(not _among(one, up) for one in down)


def run_what_others_need(found, answers):
    """Make code of the student's text cells again if an answer needs what they define."""
    ours = [
        found.release.texts[index]
        for index in found.release.locked
        if found.release.cells[index]["cell_type"] == "code"
    ]
    theirs = [answer.text for answer in answers.values() if answer]
    theirs += [piece.text for piece in found.extras if piece.kind == "code"]
    lacking = set().union(*map(needed, theirs)) - set().union(*map(defined, ours + theirs))
    turned = 0
    for place, piece in enumerate(found.extras):
        code = unfenced(piece.text)
        if piece.kind == "code" or not parses(code) or not defined(code):
            continue
        start = found.between(piece)[0]
        following = [
            answers[index].text for index in sorted(answers) if index > start and answers[index]
        ]
        if defined(code) & (lacking | (needed(following[0]) if following else set())):
            found.extras[place] = piece._replace(kind="code", text=code)
            turned += 1
    return [
        f"{_cells(turned)} with code of your own had become text and {_were(turned)} made code "
        "again."
    ] * bool(turned)


def _among(one, others):
    return any(one is other for other in others)


def answered_in_another_cell(found, answers):
    """Say in the cell of a question, if it is gone, that another question's cell answers it.

    Returns
    -------
    (dict of int to str, list of str)
        The text for such cells by index, and notes.
    """
    texts, notes = {}, []
    for question in found.release.questions:
        if answers[question.index] or found.own[question.grade_id] or question.kind != "code":
            continue
        for other in found.release.questions:
            answer = answers[other.index]
            if other.kind == "code" and answer and given(answer.text) & question.names:
                texts[question.index] = (
                    f"# Answered in the cell of {_small(other.label)}, above."
                    if other.index < question.index
                    else answer.text
                )
                notes.append(
                    f"{question.label}: the answer stood in the cell of "
                    f"{_small(other.label)} and is marked from there."
                )
                break
        else:
            notes.append(f"{question.label}: its cell {BACK}.")
    return texts, notes


def with_ids(cells, released):
    """Give the student's own cells identifiers that no other cell has, if the set has them."""
    taken = {cell.get("id") for cell in cells}
    if not any("id" in cell for cell in released["cells"]):
        return cells
    number = 0
    for cell in cells:
        while "id" not in cell:
            number += 1
            if f"own-{number:02d}" not in taken:
                cell["id"] = f"own-{number:02d}"
    return cells


# -- what is said --------------------------------------------------------------------------------


def said_of_cells(found):
    """Return sentences on the set's own cells."""
    release, notes = found.release, []
    in_file = sorted((at[0], index) for at, index in found.anchors)  # a merged cell has no order
    indices = [index for _, index in in_file]
    locked = [index for index in indices if index not in {q.index for q in release.questions}]
    if found.nameless > len(release.cells) // 2:
        notes.append(
            "The file had been saved by a program that drops the names of cells; "
            "your answers were found by their text."
        )
    if any(one > other for one, other in zip(indices, indices[1:], strict=False)):
        notes.append("Cells stood in another order than in the set; the set's order was restored.")
    missing = len(set(release.locked) - set(locked))
    if missing:
        notes.append(
            f"{_cells(missing)} that came with the set {_were(missing)} missing and "
            f"{_were(missing)} put back."
        )
    if found.changed:
        many = len(found.changed)
        notes.append(
            f"{_cells(many)} that came with the set had been changed and {_were(many)} put back; "
            "what you had written there is kept beside."
        )
    if found.merged:
        notes.append(
            f"{_cells(found.merged)} held several cells of the set in one and "
            f"{_were(found.merged)} taken apart."
        )
    return notes


def said_of_answers(found, answers):
    """Return sentences on the answers, in the order of the questions."""
    notes = []
    for question in found.release.questions:
        answer, own = answers[question.index], found.own[question.grade_id]
        if question.grade_id in found.moulds:
            proper = "code" if question.kind == "code" else "text"
            notes.append(
                f"{question.label}: its cell had become one of another kind; "
                f"it is a cell for {proper} again."
            )
        if answer:
            notes += answer.notes
        elif not own and question.kind != "code":
            notes.append(f"{question.label}: its cell {BACK}.")
        elif own and not any(piece.text.strip() for piece in own):
            notes.append(
                f"{question.label}: its cell had been emptied and was put back "
                "as it was handed out."
            )
    return notes


def said_of_kernel(damaged, order):
    """Return sentences on another kernel, and a reason for marking by hand if it is not Python."""
    metadata = damaged.get("metadata", {})
    kernel, language = (
        metadata.get(key) if isinstance(metadata.get(key), dict) else {}
        for key in ("kernelspec", "language_info")
    )
    named = str(language.get("name") or kernel.get("language") or kernel.get("name") or "python")
    if named.lower().startswith(("python", "ipython")):
        return [], []
    notes = [f"The file had been saved with another kernel ({named[:30]}); it runs with Python 3."]
    theirs = [
        placed.text
        for placed in order
        if placed.cell["cell_type"] == "code" and (placed.moves or MARKER.search(placed.text))
    ]
    wrong = sum(not parses(text) for text in theirs)
    if wrong > len(theirs) / 3:
        return notes, [f"The answers seem to be written in {named[:30]}, not in Python."]
    return notes, []


def together(notes):
    """Say once what is true of three questions or more.

    Examples
    --------
    >>> together([f"Question {n}: its cell was gone." for n in (5, 1, 2)])
    ['Questions 1, 2 and 5, each: its cell was gone.']
    """
    of_questions = {}
    for note in notes:
        number, said, words = note.removeprefix("Question ").partition(": ")
        if said and number.isdigit():
            of_questions.setdefault(words, []).append(number)
    said = {}
    for note in notes:
        words = note.partition(": ")[2]
        numbers = list(dict.fromkeys(of_questions.get(words, ())))
        if len(numbers) > 2 and note.startswith("Question "):
            numbers.sort(key=int)
            note = f"Questions {', '.join(numbers[:-1])} and {numbers[-1]}, each: {words}"
        said[note] = True
    return list(said)


def answered(notebook, released):
    """Return the grade ids of the questions that a rebuilt notebook answers.

    The cell of the identifier does not count.
    """
    questions = Release(released).by_id
    return [
        cell["metadata"]["nbgrader"]["grade_id"]
        for cell in notebook["cells"]
        if (question := questions.get(cell["metadata"].get("nbgrader", {}).get("grade_id")))
        and question.number is not None
        and is_answer("".join(cell["source"]), question)
    ]


def _small(label):
    return label[:1].lower() + label[1:]


def _cells(number):
    return "One cell" if number == 1 else f"{number} cells"


def _were(number):
    return "was" if number == 1 else "were"
