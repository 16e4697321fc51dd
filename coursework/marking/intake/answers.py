"""Find a student's answers in what is left of a problem set."""

from collections import namedtuple

from .texts import MARKER, given, is_prose, left_open, parses, tidy, unfenced

Answer = namedtuple("Answer", "text before after attachments notes")


def is_answer(text, question):
    """Say whether a cell holds anything besides what was handed out."""
    ours = set(map(str.strip, tidy(question.stub).split("\n")))
    lines = (line.strip() for line in tidy(text).split("\n"))
    return any(line and line not in ours and not MARKER.fullmatch(line) for line in lines)


def code_answer(question, found):
    """Find the answer to a code question.

    All pieces are to run in the student's order; the last that gives the variable goes into the
    answer's cell.

    Returns
    -------
    Answer or None
        None if there is nothing.
    """
    notes = []
    pieces = [piece for piece in found.own[question.grade_id] if is_answer(piece.text, question)]
    pieces = _joined_where_broken(pieces, question, found)
    if not pieces:
        pieces = [
            piece
            for piece in found.extras
            if not piece.inert
            and given(unfenced(piece.text)) & question.names
            and (piece.kind == "code" or parses(unfenced(piece.text)))
        ][-1:]
        if not pieces:
            return None
        found.extras.remove(pieces[0])
        pieces = [pieces[0]._replace(text=unfenced(pieces[0].text), kind="code")]
        if question.number is not None:
            notes.append(f"{question.label}: the answer stood in another cell, where it was found.")
    last = {tidy(piece.text): piece for piece in pieces}
    copies, pieces = len(pieces) - len(last), sorted(last.values(), key=lambda piece: piece.at)
    graded = ([p for p in pieces if given(p.text) & question.names] or pieces)[-1]
    resets = [p for p in pieces if p.at > graded.at and left_open(p.text) & question.names]
    before = [piece for piece in pieces if piece.at < graded.at or piece in resets]
    after = [piece for piece in pieces if piece.at > graded.at and piece not in resets]
    whole = [p for p in before if p.marked and given(p.text) & question.names]
    notes += _said_of_copies(question, copies, whole)
    if len(pieces) > 1 + len(whole):
        notes.append(
            f"{question.label}: the answer was spread over {len(pieces)} cells, "
            "which run in your order."
        )
    return Answer(graded.text, before, after, graded.attachments, notes)


def _said_of_copies(question, copies, earlier):
    said = []
    if copies:
        said.append(
            f"{question.label}: the same answer stood there more than once; it was kept once."
        )
    if earlier:
        said.append(
            f"{question.label}: there were {len(earlier) + 1} different answers; the last "
            "counts, and what came before it was kept above it."
        )
    return said


def _joined_where_broken(pieces, question, found):
    """Join two pieces of which one is no Python alone, if they are Python together."""
    done = []
    while pieces:
        piece, *pieces = pieces
        following = [p for p in pieces if not p.marked] or [
            p for p in found.extras if p.at[0] == piece.at[0] + 1 and p.kind == "code"
        ]
        if following and not (parses(piece.text) and parses(following[0].text)):
            wholes = [piece.text + glue + following[0].text for glue in ("\n", "")]
            whole = next(filter(parses, wholes), None)
            if whole:
                piece = piece._replace(text=whole)
                for kept in (pieces, found.extras):
                    if following[0] in kept:
                        kept.remove(following[0])
        done.append(piece)
    return done


def written_answer(question, found):
    """Find the answer to the written question.

    Returns
    -------
    (Answer or None, list of str)
        Also the reasons, if any, why a teacher has to look for the answer.
    """
    own = found.own[question.grade_id]
    marked = {tidy(piece.text) for piece in own if piece.marked and is_answer(piece.text, question)}
    answered, notes = [], []
    for piece in own:
        if not is_answer(piece.text, question):
            continue
        if len(marked) < 2 and not piece.marked and answered:
            whole = answered[-1].text.rstrip() + "\n\n" + piece.text
            answered[-1] = answered[-1]._replace(text=whole, at=piece.at)
            notes.append(f"{question.label}: the paragraph stood in several cells and was joined.")
        else:
            answered.append(piece)
    last = {tidy(piece.text): piece for piece in answered}
    copies, pieces = len(answered) - len(last), sorted(last.values(), key=lambda piece: piece.at)
    notes += _said_of_copies(question, copies, pieces[:-1])
    if not pieces:
        pieces, notes = _prose_in_its_place(question, found)
        if not pieces:
            stray = [piece for piece in found.extras if is_prose(piece.text)]
            words = "no paragraph stands in its place, but text was found elsewhere"
            words = f"{question.label}: {words}; please look whether it is the answer."
            return None, [words] * bool(stray)
    graded = pieces[-1]
    for piece in _going_on(graded, found):
        found.extras.remove(piece)
        whole = graded.text.rstrip() + "\n\n" + piece.text
        attachments = {**graded.attachments, **piece.attachments}
        graded = graded._replace(text=whole, attachments=attachments)
        notes.append(f"{question.label}: the paragraph stood in several cells and was joined.")
    text = graded.text
    if not MARKER.search(text):
        text = question.stub.partition("\n")[0] + "\n\n" + text
    notes = list(dict.fromkeys(notes))
    return Answer(text, pieces[:-1], [], graded.attachments, notes), []


def _prose_in_its_place(question, found):
    """Return what stands where the paragraph should, as one piece, and a note."""
    earlier = [other.index for other in found.release.questions if other.index < question.index]
    there = []
    for piece in found.extras:
        before, after = found.between(piece)
        near = max(earlier, default=-1) <= before <= question.index <= after
        if near and is_prose(piece.text):
            there.append(piece)
    if not there:
        return [], []
    for piece in there:
        found.extras.remove(piece)
    whole = there[-1]._replace(text="\n\n".join(piece.text for piece in there), marked=False)
    return [whole], [f"{question.label}: the text that stood in its place was taken as the answer."]


def _going_on(piece, found):
    """Return the text cells of the student's that follow directly on an answer's cell."""
    stops = {at[0] for at, _ in found.anchors}
    cell, going_on = piece.at[0] + 1, []
    while cell not in stops:
        here = [p for p in found.extras if p.at[0] == cell and p.kind == "markdown"]
        if not here:
            break
        going_on, cell = going_on + here, cell + 1
    return going_on
