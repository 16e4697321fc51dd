"""What a student's code may not do while it is marked, and what becomes of the rest of the set."""

import os
import socket
import sys
from pathlib import Path

import nbformat
import numpy
import pytest
from conftest import ROOT
from nbformat.v4 import new_code_cell, new_notebook
from traitlets import TraitError

from coursework.marking.run import execute as execution
from coursework.marking.run import wall
from coursework.marking.run.execute import (
    LEFT_OUT,
    NO_MARK,
    WAITS,
    LimitedExecute,
    Unguarded,
)


def marked(name, **kind):
    told = {
        "grade_id": name,
        "schema_version": 3,
        "task": False,
        "grade": False,
        "solution": False,
        "locked": True,
        **kind,
    }
    return {"nbgrader": told}


def submission(*answers):
    """Answers, each followed by a test that gives 10 for `x == 1` and forgets `x`."""
    cells = [new_code_cell("import os", metadata=marked("start"))]
    for number, answer in enumerate(answers, 1):
        own = marked(f"q{number}", solution=True, locked=False)
        test = marked(f"q{number}_test", grade=True, points=10)
        cells += [
            new_code_cell(answer, metadata=own),
            new_code_cell("10 * (globals().pop('x', 0) == 1)", metadata=test),
        ]
    return new_notebook(cells=cells)


@pytest.fixture(params=["sandbox", "watch"])
def walled(request, monkeypatch):
    """Behind bubblewrap, and without it."""
    if request.param == "watch":
        monkeypatch.setattr(wall, "has_sandbox", lambda: False)
    elif request.param == "sandbox" and not wall.has_sandbox():
        reason = "no bubblewrap here, so nothing was tried behind it"
        if os.environ.get("CI") == "true" and sys.platform.startswith("linux"):
            pytest.fail(reason)
        pytest.skip(reason)
    return request.param


once = pytest.mark.parametrize("walled", ["either"], indirect=True)
"""For what has nothing to do with the wall: as it is on this machine."""


@pytest.fixture
def execute(tmp_path, walled):
    """Run a submission as a student of a class; return the tests' marks, the answers' errors."""
    other = tmp_path / "class" / "submitted" / "s2" / "ps1"
    other.mkdir(parents=True)
    (other / "answer.txt").write_text("theirs")

    def run(*answers, student="s1", **limits):
        own = tmp_path / "class" / "autograded" / student / "ps1"
        own.mkdir(parents=True, exist_ok=True)
        (own / "data.txt").write_text("1")
        resources = {"nbgrader": {"student": student}, "metadata": {"path": str(own)}}
        step = LimitedExecute(**({"timeout": 10} | limits))
        names = {"OTHER": repr(str(other / "answer.txt")), "REPOSITORY": repr(str(ROOT))}
        for name, value in names.items():
            answers = [answer.replace(name, value) for answer in answers]
        notebook, _ = step.preprocess(submission(*answers), resources)
        nbformat.validate(notebook)
        points, errors = [], []
        for cell in notebook.cells[1:]:
            found = {output.output_type: output for output in cell.outputs}
            if cell.metadata.nbgrader.grade:
                wrong = found.get("error")
                points.append(
                    wrong.evalue if wrong else float(found["execute_result"].data["text/plain"])
                )
            else:
                errors.append(found["error"].evalue if "error" in found else "")
        return points, errors

    return run


@once
def test_who_is_marked_is_known_to_the_kernel(execute):
    points, errors = execute("x = int(os.environ['COURSEWORK_STUDENT'] == 's1')")
    assert (points, errors) == ([10], [""])
    assert "COURSEWORK_STUDENT" not in os.environ  # nor does it stay for whoever comes next


@once
@pytest.mark.parametrize(
    ("codes", "words"),
    [
        (
            (
                "while True:\n    try:\n        pass\n    except BaseException:\n        pass",
                "while True:\n    print('x' * 1000)",
            ),
            "3 seconds",
        ),
        (("import os; os._exit(1)", "import ctypes; ctypes.string_at(0)"), "ended Python itself"),
    ],
)
def test_a_runaway_cell_gets_nothing_and_the_rest_is_marked(execute, codes, words):
    points, errors = execute("x = 1", *codes, "x = 1", timeout=3)
    assert points == [10, 0, 0, 10]
    assert errors[0] == errors[3] == "" and words in errors[1] and words in errors[2]


SITE = "os.path.dirname(__import__('numpy').__path__[0])"
REFUSED = {
    "open('../../../../elsewhere.txt', 'w')": "write outside",
    "os.remove(OTHER)": "write outside",
    "os.rename('data.txt', '../../../data.txt')": "write outside",
    "os.makedirs('../../../s3/ps1')": "write outside",
    "os.symlink(OTHER, 'mine.txt')": "write outside",
    f"open({SITE} + '/zz.pth', 'w')": "write outside",
    "open(os.path.dirname(os.__file__) + '/zz.py', 'w')": "write outside",
    "open(os.__file__, 'a')": "write outside",
    "open(OTHER)": "belongs to others",
    "os.listdir(os.path.dirname(OTHER))": "belongs to others",
    "import shutil; shutil.copy(OTHER, 'copy.txt')": "belongs to others",
    "open(REPOSITORY + '/coursework/README.md')": "belongs to others",
    "os.listdir(REPOSITORY + '/tests')": "belongs to others",
    "import subprocess; subprocess.run(['true'])": "start another program",
    "os.system('true')": "start another program",
    "os.fork()": "start another program",
    "import socket; socket.create_connection(('192.0.2.1', 80), 1)": "network",
    "import urllib.request as r; r.urlopen('http://host.invalid/')": "network",
    "exit()": "to leave",
    "quit()": "to leave",
}


def test_what_is_not_allowed_is_an_error_that_says_so(execute):
    points, errors = execute(*[f"{code}\nx = 1" for code in REFUSED], "x = 1")
    assert points == [0] * len(REFUSED) + [10]
    assert [
        words for words, error in zip(REFUSED.values(), errors, strict=False) if words not in error
    ] == []
    assert not list(Path(numpy.__path__[0]).parent.glob("zz.*"))


PLANT = """
for folder in (os.environ["IPYTHONDIR"], os.path.expanduser("~/.ipython"), "~/.ipython"):
    os.makedirs(folder + "/profile_default/startup", exist_ok=True)
    for name in ("startup/00.py", "ipython_config.py"):
        open(f"{folder}/profile_default/{name}", "w").write("import builtins; builtins.x = 1")
for folder in (os.environ["TMPDIR"], os.environ["MPLCONFIGDIR"], os.getcwd()):
    open(folder + "/sitecustomize.py", "w").write("import builtins; builtins.x = 1")
x = 1
"""


def test_nobody_can_plant_anything_for_those_who_come_later(execute, tmp_path):
    """One submission wrote a start-up file; the next, unanswered, got 10 of 10."""
    assert execute(PLANT, student="s1") == ([10], [""])
    seen = "x = int(any('startup' in str(f) for f in __import__('pathlib').Path('~').expanduser()"
    points, errors = execute("y = x", f"{seen}.rglob('00.py')))", student="s2")
    assert points == [0, 0] and "name 'x' is not defined" in errors[0]
    own = tmp_path / "class/autograded/s1/ps1"
    assert [path.name for path in own.iterdir()] == ["data.txt"]


def test_a_link_left_behind_leads_nowhere(execute, tmp_path):
    """nbgrader would have written the marked notebook through it."""
    target = tmp_path / "class/autograded/s2/ps1/ps1.ipynb"
    execute(f"__import__('ctypes').CDLL(None).symlink({str(target)!r}.encode(), b'ps1.ipynb')")
    assert not os.path.lexists(tmp_path / "class/autograded/s1/ps1/ps1.ipynb")


@once
def test_without_the_guards_answer_nothing_is_run(execute, monkeypatch):
    dead = ("def start(**told): raise KeyError", "def start(**told): pass")
    for guard in ("", "raise OSError('no')", *dead):
        monkeypatch.setattr(execution, "GUARD", guard)
        with pytest.raises(Unguarded, match="so nothing was run"):
            execute("x = 1")


def test_a_system_that_refuses_a_limit_is_watched_all_the_same(execute, monkeypatch):
    """As macOS is reported to refuse a limit of memory."""
    spoilt = """
import resource
def setrlimit(*told):
    raise ValueError("current limit exceeds maximum limit")
resource.setrlimit = setrlimit
"""
    monkeypatch.setattr(execution, "GUARD", spoilt + execution.GUARD)
    points, errors = execute("open(OTHER); x = 1", "os.system('echo'); x = 1", "x = 1")
    assert points == [0, 0, 10]
    assert "belongs to others" in errors[0] and "another program" in errors[1]


@pytest.mark.parametrize(
    ("system", "bubblewrap", "said"),
    [
        ("linux", True, "other students' marks are out of its reach"),
        ("linux", False, "the package bubblewrap would put up a wall"),
        ("darwin", False, "memory may not be limited"),
        ("win32", False, "memory and the size of files are not limited"),
    ],
)
def test_what_protects_whom_is_said_in_a_sentence(monkeypatch, system, bubblewrap, said):
    monkeypatch.setattr(wall, "has_sandbox", lambda: bubblewrap)
    monkeypatch.setattr(wall.sys, "platform", system)
    sentence = wall.protection()
    assert said in sentence and sentence.count(". ") == 0 and sentence.endswith(".")
    assert ("not from somebody determined" in sentence) == (not bubblewrap)


def test_no_other_system_is_asked_for_bubblewrap(monkeypatch):
    monkeypatch.setattr(wall.sys, "platform", "darwin")
    assert not wall.has_sandbox.__wrapped__()


def test_a_setting_that_is_no_number_is_refused():
    with pytest.raises(TraitError, match="4GB"):
        LimitedExecute(memory_mb="4GB")


def test_behind_the_wall_even_c_finds_nothing(execute, walled):
    """The hook inside Python sees nothing of this; bubblewrap needs not see it."""
    if walled == "watch":
        pytest.skip("a watch inside Python is no wall; the guide says so")
    c = "import ctypes; c = ctypes.CDLL(None); "
    python = Path(sys.base_prefix)
    mine = next((path for path in Path.home().iterdir() if path not in python.parents), "/home")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        points, errors = execute(
            f"{c}x = int(c.open(OTHER.encode(), 0) < 0)",
            f"{c}x = int(c.mkdir(({SITE} + '/zz').encode(), 0o777) < 0)",
            f"{c}x = int(c.access((REPOSITORY + '/coursework').encode(), 0) < 0)",
            f"{c}x = int(c.access((REPOSITORY + '/tests').encode(), 0) < 0)",
            f"{c}x = int(c.access({str(mine)!r}.encode(), 0) < 0)",
            f"{c}x = int(c.access(b'/etc/passwd', 0) < 0)",
            f"{c}c.system(b'cat /etc/hostname > name.txt'); x = int(open('name.txt').read() == '')",
            f"""{c}
a = bytes([2, 0]) + ({port}).to_bytes(2, "big") + bytes([127, 0, 0, 1]) + bytes(8)
x = int(c.connect(c.socket(2, 1, 0), a, 16) < 0)""",
            "x = int(len([n for n in __import__('os').listdir('/proc') if n.isdigit()]) < 4)",
        )
    assert (points, errors) == ([10] * 9, [""] * 9)


@once
@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="no limit of memory there")
def test_memory_is_limited(execute):
    big, hoard = "x = 1; big = bytearray(2 * 10**9)", "hoard = []\nwhile True: hoard.append("
    points, _ = execute(big, f"{hoard}bytearray(10**7))", "hoard = None; x = 1", memory_mb=1024)
    assert points == [10, 0, 10]


def test_own_folder_and_the_data_are_free_to_use(execute):
    points, errors = execute(
        "open('notes.txt', 'w').write('1'); x = int(open('notes.txt').read())",
        "import tempfile; tempfile.TemporaryFile(); x = 1",
        "from glf_utils import load; x = int(len(load('censuses')) > 0)",
        "import pandas as pd; x = int(len(pd.read_csv('../data/censuses.csv')) > 0)",
        "import subprocess, socket, urllib.request, asyncio; x = 1",
        "import matplotlib.pyplot as plt; plt.plot([1]); plt.title('Größe'); plt.show(); x = 1",
    )
    assert (points, errors) == ([10] * 6, [""] * 6)


@once
def test_a_test_without_a_mark_counts_nothing_and_waits_for_the_teacher(execute):
    silent = "type(get_ipython().displayhook).__call__ = lambda self, result=None: None; x = 1"
    assert execute(silent) == ([NO_MARK], [""])


@once
def test_what_is_missing_only_where_marks_are_given_waits_for_the_teacher(execute):
    points, errors = execute(
        "x = 1",
        "x = len(open('my own table.csv').read())",
        "import statsmodels_and_more\nx = 1",
        "x = 2",
        "x = no_such_name",
        "x = 1",
    )
    assert [points[0], points[3], points[5]] == [10, 0, 10]
    assert all(WAITS in points[number] for number in (1, 2, 4))
    assert "my own table.csv" in points[1] and "statsmodels_and_more" in points[2]


@once
def test_when_too_much_is_stopped_the_tests_still_run(execute):
    points, errors = execute(*["os._exit(1)"] * 6, "x = 1", timeout=3)
    assert points == [0] * 7
    assert errors[-1] == LEFT_OUT


@once
def test_a_right_answer_keeps_its_points_whatever_else_a_student_left(execute):
    points, _ = execute(
        "sum = max = round = print = getattr = 0; x = 1",
        "os.chdir('/'); x = 1",
        "import builtins; builtins.globals = None; x = 1",
        "import warnings; warnings.simplefilter('error'); x = 1",
        "globals = 5; x = 1",
        "get_ipython().ast_node_interactivity = 'none'; x = 1",
        "x = int(globals == 5 and max == 0 and os.getcwd() == '/')",
    )
    assert points == [10] * 7
