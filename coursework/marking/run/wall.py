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
SYSTEM = (
    "/usr /bin /sbin /lib /lib32 /lib64 /nix/store /gnu/store /etc/ld.so.cache /etc/alternatives "
    "/etc/fonts /etc/localtime"
).split()
KEPT = "PATH SYSTEMROOT WINDIR COMSPEC PATHEXT LD_LIBRARY_PATH LANG".split()
FOLDERS = {  # variables that name a folder of the submission's own
    "IPYTHONDIR": "home/ipython",
    "JUPYTER_RUNTIME_DIR": "run",
    "MPLCONFIGDIR": "matplotlib",
    **dict.fromkeys(["HOME", "USERPROFILE", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR"], "home"),
    **dict.fromkeys(["TMPDIR", "TEMP", "TMP"], "tmp"),
}
FIXED = {
    "MPLBACKEND": "agg",
    "PYTHONPATH": str(ROOT),
    **dict.fromkeys(["USER", "USERNAME"], "student"),
    **dict.fromkeys(["PYTHONNOUSERSITE", "PYTHONDONTWRITEBYTECODE", "PYTHONUTF8"], "1"),
    **dict.fromkeys(["OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"], "1"),
}


class Place:
    """A folder for one run of one submission, laid out like a student's; used with ``with``.

    What lies in the ``submitted`` folder beside notebooks is copied; ``student`` are variables that
    the kernel gets beside its own.
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
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        own = {name: str(self.top / FOLDERS[name]) for name in FOLDERS}
        return kept | own | FIXED | self.student

    @property
    def command(self):
        """What is put in front of the kernel's own command: bubblewrap, or nothing."""
        if not has_sandbox():
            return []
        pythons = {sys.prefix, sys.base_prefix}
        pythons |= {os.path.realpath(path) for path in pythons}
        words = "bwrap --unshare-all --die-with-parent --cap-drop ALL --unsetenv JPY_PARENT_PID"
        words = [*words.split(), *"--proc /proc --dev /dev --tmpfs /tmp".split()]
        for path in map(str, [*SYSTEM, *sorted(pythons), *SHOWN]):
            words += ["--ro-bind-try", path, path]
        top = str(self.top)
        return [*words, "--bind", top, top, "--chdir", str(self.work)]


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
    """Return what protects whom on this system, in a sentence."""
    if has_sandbox():
        return (
            "Each submission runs in bubblewrap, without a network, in a folder of its own that is "
            "thrown away: your files, this class and other students' marks are out of its reach."
        )
    lacking = {
        "linux": "the package bubblewrap would put up a wall",
        "darwin": "memory may not be limited",
    }.get(sys.platform, "memory and the size of files are not limited")
    return (
        "Submissions run behind a watch inside Python, which protects you and the class from "
        "accidents and casual cheating, but not from somebody determined, who can read and change "
        "what this account can, other students' marks too; "
        f"{lacking}."
    )
