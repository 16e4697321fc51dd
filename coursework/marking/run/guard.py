"""What a marking kernel is told before a student's first cell.

The text of this file is sent to the kernel, which calls :func:`start` and answers; without that
answer nothing is marked. Alone it is good against accidents and casual cheating; the wall for
somebody determined is in wall.py.
"""

import builtins
import contextlib
import hashlib
import importlib
import os
import sys
import types
import warnings

WRITES = {  # which arguments of an event are paths that it changes
    **dict.fromkeys(["os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.chmod"], (0,)),
    **dict.fromkeys(["os.chown", "os.utime", "shutil.rmtree"], (0,)),
    **dict.fromkeys(["os.rename", "os.link", "os.symlink", "shutil.move"], (0, 1)),
    "shutil.copyfile": (1,),
}
READS = {"os.listdir", "os.scandir", "os.chdir", "glob.glob"}
STARTS = {
    *("subprocess.Popen", "os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn"),
    *("os.spawn", "os.startfile", "os.kill", "os.killpg", "pty.spawn"),
}
REACHES = {"socket.getaddrinfo", "socket.gethostbyname", "urllib.Request", "socket.connect"}


def start(own, free, private, locked, keep, memory_mb, cpu_seconds):
    """Watch, limit, and look after the set's own names; answer, or nothing is run.

    The submission may write in its ``own`` folder, and read what is ``free`` and all that is not
    ``private``. ``locked`` are SHA-256 of the sources of the set's own cells, ``keep`` the modules
    that no student may alter for them.
    """
    from IPython import get_ipython

    sys.addaudithook(Watch(own, free, private))
    limit(memory_mb, cpu_seconds)
    shell = get_ipython()
    shell.ask_exit = lambda: refuse("to leave")  # exit() would end the kernel a cell later
    names = OwnNames(shell, locked, keep)
    shell.events.register("pre_run_cell", names.give)
    shell.events.register("post_run_cell", names.take)
    return "watched"


def refuse(what, path=""):
    raise PermissionError(f"not allowed while your work is marked: {what} {path}".strip())


def inside(path, folders):
    return any(
        path == folder or path.startswith(folder.rstrip(os.sep) + os.sep) for folder in folders
    )


class Watch:
    """Python's audit hook: look at what is about to happen."""

    def __init__(self, own, free, private):
        self.own, self.free, self.private = (
            [os.path.realpath(path) for path in paths] for paths in ([own], free, private)
        )
        self.libraries = sorted({sys.prefix, sys.base_prefix})  # too many to follow their links

    def __call__(self, event, arguments):
        if event == "open":
            path, mode, flags = arguments
            writing = mode and any(letter in mode for letter in "wax+")
            if writing or (flags or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC):
                self.may_write(path)
            self.may_read(path)
        elif event in READS:
            self.may_read(arguments[0])
        elif event in WRITES:
            for number in WRITES[event]:
                self.may_write(arguments[number])
        elif event == "sqlite3.connect" and arguments[0] != ":memory:":
            self.may_write(arguments[0])
        elif event in STARTS:
            refuse("to start another program")
        elif event in REACHES and not (  # Windows joins its own sockets so
            sys.platform == "win32" and event == "socket.connect" and arguments[1][0] == "127.0.0.1"
        ):
            refuse("to use the network")

    def may_write(self, path):
        if path is None or isinstance(path, int):  # nothing, or a file that is open
            return
        path = os.path.realpath(os.fsdecode(path))
        if path != os.devnull and not inside(path, self.own):
            refuse("to write outside your own folder,", path)

    def may_read(self, path):
        if path is None or isinstance(path, int):
            return
        path = os.path.abspath(os.fsdecode(path))
        if inside(path, self.libraries):
            return
        path = os.path.realpath(path)
        if inside(path, self.private) and not inside(path, self.own + self.free):
            refuse("to read what belongs to others,", path)


def limit(memory_mb, cpu_seconds):
    """Set the limits one by one, for a system may refuse any of them."""
    most = {"AS": memory_mb * 2**20, "FSIZE": 50 * 2**20, "CPU": cpu_seconds, "CORE": 0}
    for name, value in most.items():
        try:
            import resource  # Windows has none

            kind = getattr(resource, f"RLIMIT_{name}")
            hard = resource.getrlimit(kind)[1]
            value = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(kind, (value, value))
        except (ImportError, AttributeError, OSError, ValueError):
            continue


class OwnNames:
    """Gives the set's own cells Python's names and their own, whatever a student has bound.

    Before a locked cell built-ins, functions, modules, the working folder and some options are as
    the set left them; after it the student's are back. Data that the set's cells have made stay as
    the student has them.
    """

    def __init__(self, shell, locked, keep=()):
        self.shell, self.locked, self.folder = shell, set(locked), os.getcwd()
        self.names = {name: value for name, value in shell.user_ns.items() if name[0] != "_"}
        modules = [builtins, *map(importlib.import_module, keep)]
        self.modules = [(module, dict(vars(module))) for module in modules]
        self.screens, self.theirs = (sys.stdout, sys.stderr), None
        self.undo = contextlib.ExitStack()

    def give(self, info):
        """Called by IPython before a cell."""
        if hashlib.sha256(info.raw_cell.encode()).hexdigest() not in self.locked:
            return
        space = self.shell.user_ns
        for module, contents in self.modules:
            vars(module).update(contents)
        before = self.shell.ast_node_interactivity
        self.undo.callback(setattr, self.shell, "ast_node_interactivity", before)
        self.shell.ast_node_interactivity = "last_expr"
        self.undo.enter_context(contextlib.chdir(self.folder))
        self.undo.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")
        self.undo.enter_context(contextlib.redirect_stdout(self.screens[0]))
        self.undo.enter_context(contextlib.redirect_stderr(self.screens[1]))
        if numpy := sys.modules.get("numpy"):
            loud = {"divide": "warn", "over": "warn", "under": "ignore", "invalid": "warn"}
            self.undo.callback(numpy.seterr, **numpy.seterr(**loud))
        shadows = {*self.names, *(name for name in dir(builtins) if name[0] != "_")}
        self.theirs = {name: space.pop(name) for name in shadows & set(space)}
        space.update(self.names, __builtins__=builtins)
        self.before = dict(space)

    def take(self, result):
        """Called by IPython after a cell."""
        if self.theirs is None:
            return
        space, theirs, self.theirs = self.shell.user_ns, self.theirs, None
        bound = {
            name: value
            for name, value in space.items()
            if name[0] != "_" and self.before.get(name, self) is not value
        }
        self.names |= {
            name: value
            for name, value in bound.items()
            if callable(value) or isinstance(value, types.ModuleType)
        }
        space.update({name: value for name, value in theirs.items() if name not in bound})
        self.undo.close()
