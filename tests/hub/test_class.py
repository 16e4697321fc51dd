"""Two students on a real JupyterHub: log in, run a lesson, hand in, an update, a restart.

About fifteen seconds. It needs root and the hub's packages; `.ci/run` has both.
"""

import json
import subprocess
import sys
import uuid

import pytest
from conftest import ROOT
from hub_class import MEMORY, Classroom, KernelEnded, Student, code_of, lacking, until

pytestmark = pytest.mark.skipif(lacking() is not None, reason=str(lacking()))
ADA, BEN, CUI = (f"{name}-{uuid.uuid4().hex[:6]}" for name in ("a", "b", "c"))
SET = "great-leap-forward/problem_sets/ps1_soviet_model.ipynb"


@pytest.fixture(scope="module")
def classroom():
    made = Classroom([ADA, BEN, CUI], seats=2)
    try:
        made.set_up()
        made.open()
        yield made
    finally:
        made.dismiss()


@pytest.fixture(scope="module")
def seated(classroom):
    both = [Student(classroom, ADA), Student(classroom, BEN)]
    return [student.sit_down().start_kernel() for student in both]


def test_a_wrong_slip_opens_nothing(classroom):
    for who, slip in ((ADA, "aaaa-aaaa"), (ADA, classroom.slips[BEN]), ("root", "aaaa-aaaa")):
        refused = Student(classroom, who, slip).landed
        assert refused.status_code == 403 and "/user/" not in refused.url


def test_a_third_is_refused_with_a_sentence_where_there_is_room_for_two(classroom, seated):
    refused = Student(classroom, CUI).landed
    assert refused.status_code == 429 and "There is no room just now" in refused.text


def test_the_first_lesson_runs_whole_with_the_students_own_package(seated):
    ada = seated[0]
    lesson = ada.read("great-leap-forward/notebooks/00_start_here.ipynb")
    ada.run(*code_of(lesson))
    said = ada.run("import glf_utils; print(glf_utils.__file__)")
    assert f"homes/{ada.account}/great-leap-forward/glf_utils" in said


def test_homes_slips_and_what_is_handed_in_are_closed_to_others(classroom, seated):
    ada, ben = seated
    closed = [f"homes/{ada.account}/great-leap-forward/README.md", "slips.csv", "state/hub.sqlite"]
    closed += [f"handed_in/{ada.who}/x", f"run/{ada.account}/x"]
    for path in closed:
        said = ben.run(f"try: open('{classroom.srv / path}')\nexcept OSError as e: print(e)")
        assert "Permission denied" in said, path


def test_memory_is_limited_and_only_the_kernel_that_takes_too_much_ends(seated):
    ada, ben = seated
    limit = (MEMORY / ben.account / "memory.limit_in_bytes").read_text()
    assert int(limit) == 768 * 2**20
    with pytest.raises(KernelEnded):
        ben.run("taken = bytearray(900 * 2**20)")
    ben.api("GET", "status")
    assert ada.run("print('still here')") == "still here\n"


def test_an_answer_is_kept_and_the_student_told_what_an_update_did_not_reach(classroom, seated):
    ada, _ = seated
    mine = ada.read(SET)
    mine["cells"][-1]["source"] = "My answer."
    ada.write(SET, mine)
    path = next((classroom.course / "release/ps1").glob("*.ipynb"))
    theirs = json.loads(path.read_text("utf-8"))
    theirs["cells"][0]["source"], theirs["cells"][-1]["source"] = ["# Mended"], ["Mended too."]
    path.write_text(json.dumps(theirs, indent=1, ensure_ascii=False) + "\n", "utf-8")
    assert "1 files are new or changed" in classroom.publish()
    ada.stand_up()
    ada = Student(classroom, ADA).sit_down().start_kernel()
    seated[0] = ada
    now = ada.read(SET)["cells"]
    assert (now[0]["source"], now[-1]["source"]) == ("# Mended", "My answer.")
    assert ada.landed.url.endswith("/lab/tree/updates.md")
    told = ada.read("updates.md")
    assert "ps1_soviet_model.ipynb" in told and "Mended too." in told and "# Mended" not in told


def test_what_is_handed_in_is_what_the_coursework_checks(classroom, seated):
    ada = seated[0]
    ada.write("hand_in/ps1.ipynb", ada.read(SET))
    (classroom.course / "check.md").unlink(missing_ok=True)
    words = [sys.executable, "-m", "coursework.marking", "check", classroom.srv / "handed_in"]
    done = subprocess.run([*words, "--class", classroom.course], cwd=ROOT, capture_output=True)
    report = (classroom.course / "check.md").read_text("utf-8")
    assert done.returncode == 0 and ADA in report and "ps1" in report


def test_a_restart_of_the_hub_ends_no_cell_and_loses_no_variable(classroom, seated):
    ada = seated[0]
    done = classroom.srv / "homes" / ada.account / "done"
    later = f"import threading, pathlib\nkept = 41\nthreading.Timer(2, pathlib.Path('{done}').touch).start()"
    ada.run(later)
    classroom.close()
    classroom.env |= {"CLASS_SEATS": "3", "CLASS_MEMORY": "900G"}  # for the test after this
    classroom.open()
    until(done.exists, 20)
    until(lambda: ada.session.get(f"{ada.base}/api/status", timeout=5).ok, 20)
    assert ada.run("print(kept + 1)") == "42\n"


def test_nobody_new_sits_down_where_the_machine_has_less_memory_than_a_student_may_take(classroom):
    refused = Student(classroom, CUI).landed
    assert refused.status_code == 429 and "There is no room just now" in refused.text
