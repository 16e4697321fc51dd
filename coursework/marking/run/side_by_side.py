"""nbgrader's autograde, with several kernels side by side; nbgrader itself works one at a time.

python -m coursework.marking.run.side_by_side ps1 [nbgrader's options]
"""

import json
import os
from collections import deque
from compileall import compile_dir
from contextlib import nullcontext
from importlib import import_module
from pathlib import Path
from threading import Thread

from nbconvert.writers import FilesWriter
from nbgrader import utils
from nbgrader.apps import autogradeapp
from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException
from traitlets import Integer

from coursework.marking.classroom import ROOT
from coursework.marking.run.execute import nbgraders_turn, not_run


class SideBySide(Autograde):
    """Autograde in threads that hand ``nbgraders_turn`` on while their kernel is at work.

    So there is one user of the gradebook at a time, however many kernels run.
    """

    workers = Integer(min(4, os.cpu_count() or 1), help="Kernels at a time.").tag(config=True)

    def convert_notebooks(self):
        self.todo, self.done = deque(sorted(self.assignments, reverse=True)), 0
        self.failed = False
        threads = [Thread(target=self._work, daemon=True) for _ in range(self.workers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if not_run:
            Path("not_run.json").write_text(json.dumps(not_run), "utf-8")
        if self.failed:
            raise NbGraderException("some could not be marked")

    def _work(self):
        one = Autograde(coursedir=self.coursedir, parent=self.parent, force=self.force)
        one.writer = FilesWriter(parent=one, config=one.config)
        one.exporter = one.exporter_class(parent=one, config=one.config)
        with nbgraders_turn:
            while self.todo:
                folder = self.todo.pop()
                one.assignments = {folder: self.assignments[folder]}
                try:
                    one.convert_notebooks()
                except NbGraderException:
                    self.failed = True
                except Exception:
                    self.log.exception("%s was not marked", folder)
                    self.failed = True
                self.done += 1
                if self.done % 5 == 0 or self.done == len(self.assignments):
                    print(f"{self.done} of {len(self.assignments)}", flush=True)


def compile_once():
    """Have Python keep compiled what every kernel imports; behind the wall none of them can."""
    compile_dir(ROOT / "glf_utils", quiet=2)
    for name in ("ipykernel.kernelapp", "matplotlib.pyplot", "pandas"):
        import_module(name)


if __name__ == "__main__":
    compile_once()
    os.environ["NBGRADER_EXECUTION"] = "autograde"  # once for all: each thread would take it away
    utils.setenv = lambda **names: nullcontext()
    autogradeapp.Autograde = SideBySide
    try:
        autogradeapp.AutogradeApp.launch_instance()
    except KeyboardInterrupt:
        os._exit(130)  # threads wait for kernels, which end with this process
