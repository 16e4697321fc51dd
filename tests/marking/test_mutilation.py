"""Hundreds of damaged submissions: none stops the batch, loses an answer or gains marks."""

import hashlib
import json
import random
from collections import Counter

import mutilate
import pytest
from mutilate import PARAGRAPH, STUDENT, damaged, marks, problem_sets, released, submission
from problem_sets import wrong_answers

from coursework.marking.intake import checking
from coursework.marking.intake.notebook_file import decode, read
from coursework.marking.intake.rebuild import rebuild

EACH = 70  # damaged submissions of each problem set
SETS = problem_sets()
FATES = {}


def kinds_of_students(problems):
    """Submissions whose answers are known: the code given, the paragraph, a cell above each."""
    rng = random.Random(problems.name)
    right = {name: mutilate.solution(problems, name) for name in problems.automatic}
    bank = wrong_answers(problems)
    wrong = {
        name: rng.choice([code for code, *_ in bank[name] if not code.endswith("= ...")])
        for name in problems.automatic
    }
    mixed = {name: rng.choice([right, right, wrong])[name] for name in problems.automatic}
    for name in rng.sample(problems.automatic, 2):
        del mixed[name]
    return [
        (right, PARAGRAPH, True),
        (mixed, PARAGRAPH, False),
        (mixed, "", True),
        (wrong, PARAGRAPH, False),
        ({}, "", False),
    ]


def cases(problems):
    """Damaged files: (seed, code, paragraph, undamaged notebook, bytes, damages)."""
    students = kinds_of_students(problems)
    for seed in range(EACH):
        code, paragraph, helper = students[(seed // 2) % len(students)]
        whole = submission(problems, code, paragraph, helper)
        data, done = damaged(whole, f"{problems.name} {seed}")
        yield seed, code, paragraph, whole, data, done


def rebuilt(data, problems):
    """The rebuilt notebook, or None if the file is for hand marking; and what is by hand."""
    reading = read(data)
    if reading.notebook is None:
        return None, reading.notes
    notebook, _, by_hand = rebuild(reading.notebook, released(problems))
    return notebook, by_hand + ["The file breaks off."] * (not reading.whole)


def why(by_hand):
    """Why a file is on the teacher's list; of the first three no program can know more."""
    reasons = " ".join(by_hand)
    if "empty" in reasons or "not a notebook" in reasons or "before its first" in reasons:
        return "on the list: nothing in the file"
    if "breaks off" in reasons:
        return "on the list: the file breaks off"
    lacking = all("its cell is missing" in reason for reason in by_hand)
    return f"on the list: {'an answer is missing' if lacking else 'something to look at'}"


def lines_of(code, paragraph):
    text = "\n".join([*code.values(), paragraph])
    return {line.strip() for line in text.split("\n") if len(line.strip()) > 3}


def stands_in(line, text):
    """Whether a line stands in a file, as JSON writes it."""
    return any(json.dumps(line, ensure_ascii=how)[1:-1] in text for how in (True, False))


@pytest.mark.parametrize("problems", SETS, ids=lambda problems: problems.name)
def test_damaged_submissions_keep_their_answers_and_their_marks(problems, monkeypatch):
    monkeypatch.setenv("COURSEWORK_STUDENT", STUDENT)
    ours = "\n".join("".join(cell["source"]) for cell in released(problems)["cells"])
    seen = 0
    for seed, code, paragraph, whole, data, done in cases(problems):
        case = problems.name, seed, [damage.__name__ for damage in done]
        before, _ = rebuilt(json.dumps(whole).encode(), problems)
        after, by_hand = rebuilt(data, problems)
        seen += 1
        FATES[(problems.name, seed)] = why(by_hand) if by_hand else "full marks"
        if after is None:
            assert by_hand and not decode(data)[0].count('"source"') > 3, case
            continue
        text = decode(data)[0]
        kept = "\n".join("".join(cell["source"]) for cell in after["cells"])
        for line in lines_of(code, paragraph) - set(ours.split("\n")):
            assert line in kept or not stands_in(line, text), (case, line)
        earned, deserved = marks(problems, after), marks(problems, before)
        assert set(earned) == set(deserved) == set(problems.automatic), case
        gained = {name for name in earned if earned[name] > deserved[name]}
        assert not gained, (case, gained)
        answers = "".join(
            "".join(cell["source"])
            for cell in after["cells"]
            if mutilate.nbgrader_of(cell).get("solution")
        )
        full = earned == deserved and paragraph.partition("\n")[0] in answers
        assert full or by_hand, ("lost in silence", case)
    assert seen == EACH


def test_few_of_the_damaged_files_wait_for_the_teacher():
    """Counted by the test before, which lets none gain and none lose in silence."""
    if len(FATES) < EACH * len(SETS):
        pytest.skip("counts what the test of all sets has found")
    fates = Counter(FATES.values())
    print(f"\nOf {len(FATES)} damaged files 0 gain and 0 lose in silence:")
    for fate, many in fates.most_common():
        print(f"{many:4} ({many / len(FATES):5.1%})  {fate}")
    assert fates["full marks"] >= 0.74 * len(FATES)
    assert fates["on the list: something to look at"] <= 0.03 * len(FATES)


@pytest.mark.parametrize("problems", SETS, ids=lambda problems: problems.name)
def test_undamaged_submissions_pass_unchanged(problems, monkeypatch):
    monkeypatch.setenv("COURSEWORK_STUDENT", STUDENT)
    for code, paragraph, helper in kinds_of_students(problems):
        whole = submission(problems, code, paragraph, helper)
        reading = read(json.dumps(whole).encode())
        notebook, notes, by_hand = rebuild(reading.notebook, released(problems))
        assert (reading.notes, notes, by_hand) == ([], [], [])
        texts = [["".join(cell["source"]) for cell in one["cells"]] for one in (whole, notebook)]
        assert texts[0] == texts[1]
        assert marks(problems, notebook) == marks(problems, whole)


def test_one_batch_of_them_all(tmp_path):
    """The files of all sets in one folder: each is accounted for, and a second check is idle."""
    inbox, count = tmp_path / "inbox", 0
    for problems in SETS:
        folder = tmp_path / "class/release" / problems.name
        folder.mkdir(parents=True)
        (folder / problems.path.name).write_text(json.dumps(released(problems)), "utf-8")
        for seed, *_, data, _ in cases(problems):
            rng = random.Random(f"{problems.name} {seed}")
            name = rng.choice([problems.path.name, "homework (2).ipynb", "ps9.ipynb", "x.json"])
            path = inbox / f"{problems.name}-student-{seed}" / name
            path.parent.mkdir(parents=True)
            for form in ("utf-8", "utf-16-le"):
                data = data.replace(STUDENT.encode(form), path.parent.name.encode(form))
            path.write_bytes(mutilate.zipped(data, rng) if data and seed % 9 == 0 else data)
            count += 1
    before = {path: path.read_bytes() for path in inbox.rglob("*") if path.is_file()}
    (tmp_path / "class/roster.csv").write_text(
        "id\n" + "\n".join(path.name for path in sorted(inbox.iterdir())), "utf-8"
    )
    report = checking.check(inbox, tmp_path / "class")
    assert count == len(report.rows) == len(SETS) * EACH >= 300
    status = [row["status"] for row in report.rows]
    assert set(status) == {"graded", "by hand"} and status.count("graded") > 0.8 * count
    assert {path: path.read_bytes() for path in inbox.rglob("*") if path.is_file()} == before
    for row in report.rows:
        original = (tmp_path / "class" / row["original"]).read_bytes()
        assert hashlib.sha256(original).hexdigest() == row["digest"]
    stored = {
        path: path.stat().st_mtime_ns
        for path in (tmp_path / "class").rglob("*")
        if path.is_file() and path.name != "check.csv"
    }
    again = checking.check(inbox, tmp_path / "class")
    assert [row["notes"] for row in again.rows] == [row["notes"] for row in report.rows]
    assert stored == {path: path.stat().st_mtime_ns for path in stored}


def test_every_damage_occurs():
    done = {damage for problems in SETS for *_, damages in cases(problems) for damage in damages}
    assert done == set(mutilate.KEEPS + mutilate.LOSES + mutilate.SAVES + mutilate.FILES)
