"""What a student's code may not do while it is marked, and what becomes of the rest of the set."""

import os
import sys

import nbformat
import pytest
from conftest import ROOT
from nbformat.v4 import new_code_cell, new_notebook

sys.path.insert(0, str(ROOT))

from coursework.marking.commands import environment  # noqa: E402
from coursework.marking.execution import LEFT_OUT, NO_MARK, LimitedExecute  # noqa: E402


def marked(name, **kind):
    told = {"grade_id": name, "schema_version": 3, "task": False, "grade": False, "solution": False,
            "locked": True, **kind}  # fmt: skip
    return {"nbgrader": told}


def submission(*answers):
    """Answers, each followed by a test that gives 10 for `x == 1` and forgets `x`."""
    cells = [new_code_cell("import os", metadata=marked("start"))]
    for number, answer in enumerate(answers, 1):
        own = marked(f"q{number}", solution=True, locked=False)
        test = marked(f"q{number}_test", grade=True, points=10)
        cells += [new_code_cell(answer, metadata=own),
                  new_code_cell("10 * (globals().pop('x', 0) == 1)", metadata=test)]  # fmt: skip
    return new_notebook(cells=cells)


@pytest.fixture
def execute(tmp_path, monkeypatch):
    """Run a submission as student s1 of a class; return the tests' marks, the answers' errors."""
    own = tmp_path / "class" / "autograded" / "s1" / "ps1"
    other = tmp_path / "class" / "submitted" / "s2" / "ps1"
    for folder in (own, other, tmp_path / "tmp"):
        folder.mkdir(parents=True)
    (other / "answer.txt").write_text("theirs")
    (own / "data.txt").write_text("1")
    for name, value in environment(tmp_path / "class", tmp_path / "tmp").items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("OTHER", str(other / "answer.txt"))
    monkeypatch.delenv("COURSEWORK_STUDENT", raising=False)

    def run(*answers, **limits):
        resources = {"nbgrader": {"student": "s1"}, "metadata": {"path": str(own)}}
        step = LimitedExecute(**({"timeout": 10} | limits))
        notebook, _ = step.preprocess(submission(*answers), resources)
        nbformat.validate(notebook)
        points, errors = [], []
        for cell in notebook.cells[1:]:
            found = {output.output_type: output for output in cell.outputs}
            if cell.metadata.nbgrader.grade:
                result = found.get("execute_result")
                points.append(float(result.data["text/plain"]) if result else found["error"].evalue)
            else:
                errors.append(found["error"].evalue if "error" in found else "")
        return points, errors

    return run


def test_who_is_marked_is_known_to_the_kernel(execute):
    points, errors = execute("x = int(os.environ['COURSEWORK_STUDENT'] == 's1')")
    assert (points, errors) == ([10], [""])
    assert "COURSEWORK_STUDENT" not in os.environ  # nor does it stay for whoever comes next


@pytest.mark.parametrize("code, words", [
    ("while True:\n    try:\n        pass\n    except BaseException:\n        pass", "3 seconds"),
    ("while True:\n    print('x' * 1000)", "3 seconds"),
    ("import os; os._exit(1)", "ended Python itself"),
    ("import ctypes; ctypes.string_at(0)", "ended Python itself"),
])  # fmt: skip
def test_a_runaway_cell_gets_nothing_and_the_rest_is_marked(execute, code, words):
    points, errors = execute("x = 1", code, "x = 1", timeout=3)
    assert points == [10, 0, 10]
    assert errors[0] == errors[2] == "" and words in errors[1]


@pytest.mark.parametrize("code, words", [
    ("open('../../../elsewhere.txt', 'w')", "write outside"),
    ("os.remove(os.environ['OTHER'])", "write outside"),
    ("os.rename('data.txt', '../data.txt')", "write outside"),
    ("os.makedirs('../../s3/ps1')", "write outside"),
    ("os.symlink(os.environ['OTHER'], 'mine.txt')", "write outside"),
    ("open(os.environ['OTHER'])", "belongs to others"),
    ("os.listdir('../..')", "belongs to others"),
    ("import shutil; shutil.copy(os.environ['OTHER'], 'copy.txt')", "belongs to others"),
    ("import coursework.marking as m; open(list(m.__path__)[0] + '/limits.py')", "to others"),
    ("import subprocess; subprocess.run(['true'])", "start another program"),
    ("os.system('true')", "start another program"),
    ("os.fork()", "start another program"),
    ("import socket; socket.create_connection(('192.0.2.1', 80), 1)", "network"),
    ("import urllib.request as r; r.urlopen('http://host.invalid/')", "network"),
    ("exit()", "to leave"),
    ("quit()", "to leave"),
])  # fmt: skip
def test_what_is_not_allowed_is_an_error_that_says_so(execute, code, words):
    points, errors = execute(code + "\nx = 1", "x = 1")
    assert points == [0, 10]
    assert words in errors[0] and errors[1] == ""


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="no limit of memory there")
def test_memory_is_limited(execute, monkeypatch):
    monkeypatch.setenv("COURSEWORK_MEMORY_MB", "1024")
    points, _ = execute("x = 1; big = bytearray(2 * 10**9)", "big = None; x = 1")
    assert points == [10, 10]
    points, _ = execute("hoard = []\nwhile True: hoard.append(bytearray(10**7))", "x = 1")
    assert points == [0, 10]


def test_own_folder_and_the_data_are_free_to_use(execute):
    points, errors = execute(
        "open('notes.txt', 'w').write('1'); x = int(open('notes.txt').read())",
        "import tempfile; tempfile.TemporaryFile(); x = 1",
        "from glf_utils import load; x = int(len(load('censuses')) > 0)",
        "import subprocess, socket, urllib.request, asyncio; x = 1",
    )
    assert (points, errors) == ([10] * 4, [""] * 4)


def test_a_test_without_a_mark_counts_nothing_and_waits_for_the_teacher(execute):
    silence = "%config InteractiveShell.ast_node_interactivity = 'none'\nx = 1"
    assert execute(silence) == ([NO_MARK], [""])


def test_when_too_much_is_stopped_the_tests_still_run(execute):
    points, errors = execute(*["os._exit(1)"] * 6, "x = 1", timeout=3)
    assert points == [0] * 7
    assert errors[-1] == LEFT_OUT
