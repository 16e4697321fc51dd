"""Run one submission behind the wall; a cell that breaks a limit gets nothing, the rest goes on."""

import hashlib
import sys
from contextlib import contextmanager
from pathlib import Path
from subprocess import DEVNULL
from threading import RLock

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat.v4 import new_output
from nbgrader.preprocessors import Execute
from nbgrader.utils import is_grade, is_locked, is_solution
from traitlets import Integer

from coursework.marking.classroom import WAITS, identifier_of
from coursework.marking.run.wall import SHOWN, Place, private
from glf_utils.answers import assigned

GUARD = Path(__file__).with_name("guard.py").read_text("utf-8")
KEEP = sorted({assigned.__name__, assigned.award.__module__, assigned.judge.__module__})
MOST_STARTS = 5  # how often the kernel is started anew for one submission
MOST_PRINTED = 100_000  # characters a cell may print
MOST_SHOWN = 20_000_000  # and of pictures and tables

TOO_LONG = "This cell was still running after {} seconds and was stopped."
DIED = "This cell ended Python itself (too much memory, or a call to leave) and was stopped."
LEFT_OUT = "Cells above had to be stopped too often, so this one was not run."
NO_MARK = f"This test gave no mark, {WAITS}"
NOT_HERE = f"What the cell above needs ({{}}) is not there where marks are given, {WAITS}"
LACKING = ("ModuleNotFoundError", "FileNotFoundError")

nbgraders_turn = RLock()
"""Held by whoever uses nbgrader and its gradebook; let go while a kernel runs (side_by_side.py)."""

not_run = {}
"""Why a submission could not be run, by the student's folder."""


@contextmanager
def handed_on():
    """Let somebody else have nbgrader's turn, if it was ours."""
    try:
        nbgraders_turn.release()
    except RuntimeError:  # nobody took it
        yield
        return
    try:
        yield
    finally:
        nbgraders_turn.acquire()


class Halted(Exception):
    """A cell broke a limit: which, and what to say about it."""


class Unguarded(Exception):
    """The kernel could not be watched, so nothing was run in it."""


class LimitedExecute(Execute):
    """nbgrader's own execution, with limits and second chances.

    When a cell runs too long or ends Python, the kernel is started anew and everything else is run
    as if that cell were empty. A test that leaves neither a mark nor an error is made an error,
    which nbgrader counts as 0 (it would count silence as full marks), and waits for the teacher.
    """

    timeout = Integer(20, help="Seconds for one cell.").tag(config=True)
    memory_mb = Integer(4096, help="Memory for one kernel.").tag(config=True)
    cpu_seconds = Integer(120, help="Processor time for one kernel.").tag(config=True)
    interrupt_on_timeout = False
    error_on_timeout = None
    shutdown_kernel = "immediate"
    startup_timeout = 120
    extra_arguments = ["--HistoryManager.hist_file=:memory:"]

    def preprocess(self, nb, resources):
        self.halted = {}
        try:
            with handed_on():
                nb, resources = self._run(nb, resources)
        except Exception as error:
            not_run[resources["nbgrader"]["student"]] = str(error)
            raise
        _look_at_tests(nb)
        return nb, resources

    def _run(self, nb, resources):
        folder = Path(resources["metadata"]["path"])
        student = identifier_of(resources["nbgrader"]["student"])
        self.private = private(folder.parents[2])
        for start in range(MOST_STARTS):
            self.last_start = start == MOST_STARTS - 1
            try:
                with Place(folder, {assigned.STUDENT_BEING_MARKED: student}) as self.place:
                    return super().preprocess(nb, resources)
            except Halted as halt:
                index, words = halt.args
                self.halted[index] = words
        raise RuntimeError("the submission could not be run, even with its answers left out")

    def create_kernel_manager(self):
        python = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        front = self.place.command
        self.km = AsyncKernelManager(connection_file=str(self.place.runtime / "kernel.json"))
        self.km._kernel_spec = KernelSpec(argv=[*front, *python], language="python")
        if front:  # no network, so sockets in the file system
            self.km.transport, self.km.ip = "ipc", str(self.place.runtime / "k")
        return self.km

    @contextmanager
    def setup_kernel(self):
        self.km = self.kc = None
        kernel = {
            "cwd": str(self.place.work),
            "env": self.place.environment,
            "stdout": DEVNULL,
            "stderr": DEVNULL,
        }
        with super().setup_kernel(**kernel, cleanup_kc=True):
            self._guard()
            yield

    def _guard(self):
        """Send the guard, and go on only if the kernel answers that it stands."""
        locked = [
            hashlib.sha256(cell.source.encode()).hexdigest()
            for cell in self.nb.cells
            if cell.cell_type == "code" and is_locked(cell)
        ]
        told = {
            "own": str(self.place.top),
            "free": list(map(str, SHOWN)),
            "private": self.private,
            "locked": locked,
            "keep": KEEP,
            "memory_mb": self.memory_mb,
            "cpu_seconds": self.cpu_seconds,
        }
        run = f"(lambda names: exec({GUARD!r}, names) or names['start'](**{told!r}))"
        asked = self.kc.execute("", silent=True, user_expressions={"guard": run + "({})"})
        answer = self.wait_for_reply(asked)["content"].get("user_expressions", {}).get("guard", {})
        if answer.get("data", {}).get("text/plain") != repr("watched"):
            why = f"{answer.get('ename', 'no answer')}: {answer.get('evalue', '')}"
            raise Unguarded(f"the kernel could not be watched ({why}), so nothing was run")

    def preprocess_cell(self, cell, resources, index):
        theirs = not is_locked(cell)
        if index in self.halted:
            words = self.halted[index]
        elif self.last_start and theirs:
            words = LEFT_OUT
        else:
            try:
                self.printed = self.shown = 0
                return super().preprocess_cell(cell, resources, index)
            except CellTimeoutError:
                raise Halted(index, TOO_LONG.format(self.timeout)) from None
            except DeadKernelError:
                raise Halted(self._culprit(index), DIED) from None
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [_stopped(words)], None
        return cell, resources

    def _culprit(self, index):
        """The cell that ended Python: this one, or the student's last before a locked one."""
        for earlier in range(index, -1, -1):
            cell = self.nb.cells[earlier]
            if cell.cell_type == "code" and not is_locked(cell) and earlier not in self.halted:
                return earlier
        return index

    def output(self, outs, msg, display_id, cell_index):
        if msg["header"]["msg_type"] == "stream":
            self.printed += len(msg["content"]["text"])
        else:
            self.shown += sum(len(str(part)) for part in msg["content"].get("data", {}).values())
        if self.printed > MOST_PRINTED or self.shown > MOST_SHOWN:
            return None
        return super().output(outs, msg, display_id, cell_index)


def _look_at_tests(nb):
    """Make an error of every test that left no mark, or lost it to a library that is not here."""
    above, lacking = None, ""
    for cell in nb.cells:
        if cell.cell_type != "code":
            continue
        test = is_grade(cell) and not is_solution(cell)
        if not test and not is_locked(cell):
            above = next((o for o in cell.outputs if o.output_type == "error"), None)
            if above and above.ename in LACKING:
                lacking = above.evalue
        elif test:
            mark = _mark(cell)
            if mark is None and not any(o.output_type == "error" for o in cell.outputs):
                cell.outputs.append(_stopped(NO_MARK))
            elif lacking and above and mark != cell.metadata.nbgrader.points:
                cell.outputs.append(_stopped(NOT_HERE.format(lacking)))


def _mark(cell):
    """The points that a test gave, None if it left no number from 0 to its points."""
    given = [
        o.data.get("text/plain", "") for o in cell.outputs if o.output_type == "execute_result"
    ]
    try:
        mark = float(given[-1])
    except (IndexError, ValueError):
        return None
    return mark if len(given) == 1 and 0 <= mark <= cell.metadata.nbgrader.points else None


def _stopped(words):
    return new_output("error", ename="Stopped", evalue=words, traceback=[words])
