"""Run in a marking kernel before a student's code: what it may use, write, read and reach.

Good against accidents and casual cheating. It is no wall against somebody determined: see the
teacher's guide.
"""

import os
import sys

from IPython import get_ipython

MEMORY = int(os.environ.get("COURSEWORK_MEMORY_MB", "4096")) * 2**20
FILE_SIZE = 50 * 2**20
CPU_SECONDS = int(os.environ.get("COURSEWORK_CPU_SECONDS", "120"))

OWN = os.path.realpath(os.getcwd())
TEMPORARY = os.path.realpath(os.environ.get("TMPDIR", OWN))
PRIVATE = [os.path.realpath(path) for path in os.environ["COURSEWORK_PRIVATE"].split(os.pathsep)]
RUNTIME = os.path.realpath(os.environ["JUPYTER_RUNTIME_DIR"])

LIBRARIES = tuple({sys.prefix + os.sep, sys.base_prefix + os.sep})  # too many to follow their links

WRITES = {
    "os.remove": (0,), "os.rename": (0, 1), "os.mkdir": (0,), "os.rmdir": (0,), "os.link": (0, 1),
    "os.symlink": (0, 1), "os.truncate": (0,), "os.chmod": (0,), "os.chown": (0,),
    "os.utime": (0,), "shutil.rmtree": (0,), "shutil.move": (0, 1), "shutil.copyfile": (1,),
}  # fmt: skip
READS = {"os.listdir", "os.scandir", "os.chdir", "glob.glob"}
STARTS = {
    "subprocess.Popen", "os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn",
    "os.spawn", "os.startfile", "os.kill", "os.killpg", "pty.spawn",
}  # fmt: skip
REACHES = {"socket.getaddrinfo", "socket.gethostbyname", "urllib.Request"}


def inside(path, folder):
    return path == folder or path.startswith(folder + os.sep)


def place(path):
    """Where a path leads, links followed; None for an open file, nothing, or Python's own."""
    if path is None or isinstance(path, int):
        return None
    path = os.path.abspath(os.fsdecode(path))
    return None if path.startswith(LIBRARIES) else os.path.realpath(path)


def refuse(what, path=""):
    raise PermissionError(f"not allowed while your work is marked: {what} {path}".strip())


def may_write(path):
    path = place(path)
    if path and path != os.devnull and not any(
        inside(path, folder) for folder in (OWN, TEMPORARY, RUNTIME)
    ):
        refuse("to write outside your own folder,", path)


def may_read(path):
    path = place(path)
    if path and not inside(path, OWN) and any(inside(path, folder) for folder in PRIVATE):
        refuse("to read what belongs to others,", path)


def watch(event, arguments):
    """Python's audit hook: look at what is about to happen."""
    if event == "open":
        path, mode, flags = arguments
        writing = mode and any(letter in mode for letter in "wax+")
        if writing or (flags or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC):
            may_write(path)
        may_read(path)
    elif event in READS:
        may_read(arguments[0])
    elif event in WRITES:
        for number in WRITES[event]:
            may_write(arguments[number])
    elif event in STARTS:
        refuse("to start another program")
    elif event in REACHES or (
        event == "socket.connect" and str(arguments[1][0]) not in ("127.0.0.1", "::1")
    ):
        refuse("to use the network")
    elif event == "sqlite3.connect" and arguments[0] != ":memory:":
        may_write(arguments[0])


def limit():
    try:
        import resource
    except ImportError:  # Windows has none of these
        return
    for name, most in (("AS", MEMORY), ("FSIZE", FILE_SIZE), ("CPU", CPU_SECONDS), ("CORE", 0)):
        kind = getattr(resource, f"RLIMIT_{name}", None)
        if kind is not None:
            hard = resource.getrlimit(kind)[1]
            most = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(kind, (most, most))


def stay():
    """Make exit() and quit() an error like any other; they would end the kernel a cell later."""
    shell = get_ipython()
    if shell is not None:
        shell.ask_exit = lambda: refuse("to leave")


limit()
stay()
sys.addaudithook(watch)
