"""Run one submission under limits; a cell that breaks them gets nothing and the rest goes on."""

import os

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat.v4 import new_output
from nbgrader.preprocessors import Execute
from nbgrader.utils import is_grade, is_locked, is_solution
from traitlets import Integer

from coursework.marking.identify import identifier_of
from glf_utils.exercises.assigned import STUDENT_BEING_MARKED

LIMITS = "__import__('coursework.marking.limits')"  # the kernel's first line
MOST_STARTS = 5  # how often the kernel is started anew for one submission
MOST_PRINTED = 100_000  # characters a cell may print

TOO_LONG = "This cell was still running after {} seconds and was stopped."
DIED = "This cell ended Python itself (too much memory, or a call to leave) and was stopped."
NO_MARK = "This test gave no mark, so it was left for your teacher to look at."
LEFT_OUT = "Cells above had to be stopped too often, so this one was not run."


class Halted(Exception):
    """A cell broke a limit: which, and what to say about it."""


class LimitedExecute(Execute):
    """nbgrader's own execution, with limits and second chances.

    When a cell runs too long or ends Python, the kernel is started anew and everything else is run
    as if that cell were empty. A test that leaves neither a mark nor an error is made an error,
    which nbgrader counts as 0 (it would count silence as full marks).
    """

    timeout = Integer(20, help="Seconds for one cell.").tag(config=True)
    interrupt_on_timeout = False
    error_on_timeout = None

    def preprocess(self, nb, resources):
        self.halted = {}
        os.environ[STUDENT_BEING_MARKED] = identifier_of(resources["nbgrader"]["student"])
        self.extra_arguments = [
            "--HistoryManager.hist_file=:memory:", f"--IPKernelApp.exec_lines={LIMITS}",
        ]  # fmt: skip
        try:
            nb, resources = self._run(nb, resources)
        finally:
            del os.environ[STUDENT_BEING_MARKED]
        for cell in nb.cells:
            if is_grade(cell) and not is_solution(cell) and not _has_result(cell):
                cell.outputs.append(_stopped(NO_MARK))
        return nb, resources

    def _run(self, nb, resources):
        for start in range(MOST_STARTS):
            self.last_start = start == MOST_STARTS - 1
            try:
                return super().preprocess(nb, resources)
            except Halted as halt:
                index, words = halt.args
                self.halted[index] = words
        raise RuntimeError("the submission could not be run, even with its answers left out")

    def preprocess_cell(self, cell, resources, index):
        theirs = not is_locked(cell)
        if index in self.halted:
            words = self.halted[index]
        elif self.last_start and theirs:
            words = LEFT_OUT
        else:
            try:
                self.printed = 0
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
            if self.printed > MOST_PRINTED:
                return None
        return super().output(outs, msg, display_id, cell_index)


def _has_result(cell):
    return any(output.output_type in ("execute_result", "error") for output in cell.outputs)


def _stopped(words):
    return new_output("error", ename="Stopped", evalue=words, traceback=[words])
