"""A place of its own for each submission, and the wall around it.

On Linux bubblewrap shows a submission nothing but Python, the data and a folder that is thrown away
afterwards: no network, no home, no class, no other submission. Elsewhere there is the watch of
guard.py alone.
"""

import functools
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import matplotlib

from coursework.marking.classroom import COURSEWORK, ROOT

SHOWN = [ROOT / "glf_utils", ROOT / "data", ROOT / "notebooks"]
SYSTEM = [
    "/usr",
    "/bin",
    "/sbin",
    "/lib",
    "/lib32",
    "/lib64",
    "/nix/store",
    "/gnu/store",
    "/etc/ld.so.cache",
    "/etc/alternatives",
    "/etc/fonts",
    "/etc/localtime",
]


class Place:
    """A folder for one run of one submission, laid out like a student's; used with ``with``.

    Parameters
    ----------
    submitted : Path
        The folder of the submission; what lies there beside notebooks is copied.
    student : dict of str
        Variables that the kernel gets beside its own.
    """

    def __init__(self, submitted, student=None):
        self.top = Path(tempfile.mkdtemp(prefix="s", dir=short_temporary())).resolve()
        project = self.top / "great-leap-forward"
        self.work, self.runtime = project / "problem_sets", self.top / "run"
        for folder in (self.runtime, self.top / "home", self.top / "tmp", project):
            folder.mkdir()
        shutil.copytree(submitted, self.work, ignore=shutil.ignore_patterns("*.ipynb"))
        for path in SHOWN:
            try:
                (project / path.name).symlink_to(path, target_is_directory=True)
            except OSError:  # Windows, without the right to make links
                pass
        self._copy_fonts()
        self.student = student or {}

    def __enter__(self):
        return self

    def __exit__(self, *error):
        shutil.rmtree(self.top, ignore_errors=True)

    def _copy_fonts(self):
        """Spare each kernel the search for the fonts of this machine."""
        target = self.top / "matplotlib"
        target.mkdir()
        for path in Path(matplotlib.get_cachedir()).glob("fontlist-*.json"):
            shutil.copy(path, target)

    @property
    def environment(self):
        """All the variables that the kernel is given."""
        kept = ("PATH", "SYSTEMROOT", "WINDIR", "COMSPEC", "PATHEXT", "LD_LIBRARY_PATH", "LANG")
        temporary, home = str(self.top / "tmp"), str(self.top / "home")
        return (
            {name: os.environ[name] for name in kept if name in os.environ}
            | {
                "HOME": home,
                "USERPROFILE": home,
                "USER": "student",
                "USERNAME": "student",
                "TMPDIR": temporary,
                "TEMP": temporary,
                "TMP": temporary,
                "IPYTHONDIR": str(self.top / "home" / "ipython"),
                "JUPYTER_RUNTIME_DIR": str(self.runtime),
                "JUPYTER_CONFIG_DIR": home,
                "JUPYTER_DATA_DIR": home,
                "MPLCONFIGDIR": str(self.top / "matplotlib"),
                "MPLBACKEND": "agg",
                "PYTHONPATH": str(ROOT),
                "PYTHONNOUSERSITE": "1",
                "PYTHONDONTWRITEBYTECODE": "1",
                "PYTHONUTF8": "1",
                "OPENBLAS_NUM_THREADS": "1",
                "OMP_NUM_THREADS": "1",
            }
            | self.student
        )

    @property
    def command(self):
        """What is put in front of the kernel's own command: bubblewrap, or nothing."""
        if not has_sandbox():
            return []
        pythons = {os.path.realpath(path) for path in (sys.prefix, sys.base_prefix)}
        binds = [
            ["--ro-bind-try", path, path]
            for path in map(
                str, [*SYSTEM, *sorted(pythons | {sys.prefix, sys.base_prefix}), *SHOWN]
            )
        ]
        return [
            "bwrap",
            "--unshare-all",
            "--die-with-parent",
            "--cap-drop",
            "ALL",
            "--unsetenv",
            "JPY_PARENT_PID",
            "--proc",
            "/proc",
            "--dev",
            "/dev",
            "--tmpfs",
            "/tmp",
            *sum(binds, []),
            "--bind",
            str(self.top),
            str(self.top),
            "--chdir",
            str(self.work),
        ]


def short_temporary():
    """Where places are made: sockets in the file system want short paths."""
    return "/tmp" if has_sandbox() and len(tempfile.gettempdir()) > 40 else None


def private(class_folder):
    """Folders that no submission may read: the class, solutions, the home, others' places."""
    return [
        str(path) for path in (class_folder, COURSEWORK, ROOT, Path.home(), tempfile.gettempdir())
    ]


@functools.cache
def has_sandbox():
    """Say whether bubblewrap is there and starts this Python."""
    if not sys.platform.startswith("linux") or not shutil.which("bwrap"):
        return False
    words = ["bwrap", "--unshare-all", "--ro-bind", "/", "/", sys.executable, "-c", "import zmq"]
    try:
        return subprocess.run(words, capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def protection():
    """Return what protects whom on this system, in a sentence or two."""
    if has_sandbox():
        return (
            "Each submission is run in bubblewrap: without a network, with a folder of its own "
            "that is thrown away, and out of sight of your home, this class and the other "
            "submissions."
        )
    mend = (
        " Debian and Ubuntu have a real wall: install the package bubblewrap."
        if sys.platform.startswith("linux")
        else ""
    )
    return (
        "Submissions are run behind a watch inside Python. It stops accidents and casual "
        "cheating; somebody determined can get around it, and read or change what this account "
        f"can, other students' marks too.{mend}"
    )
