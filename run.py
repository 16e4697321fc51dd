"""Set up the notebooks and start them; `python run.py` tells how."""

import os
import sys

if sys.version_info < (3, 11):
    sys.exit(f"This needs Python 3.11 or newer; {sys.executable} is {sys.version.split()[0]}.")
if __name__ == "__main__":  # somebody's random.py on PYTHONPATH must not stand before Python's
    theirs = filter(None, os.getenv("PYTHONPATH", "").split(os.pathsep))
    theirs = [os.path.abspath(name) for name in theirs]
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [here, *(name for name in sys.path if name not in theirs)]

import argparse
import hashlib
import json
import re
import signal
import subprocess
import tempfile
from pathlib import Path

from locks.install import AGAIN, Stop, download, interpreter, say, set_up, told, wheels

USAGE = """Set up and start the notebooks.

    python run.py lab [options of jupyter lab]   open the notebooks, e.g. --no-browser --port 9000
    python run.py test [options of pytest]       check everything, or e.g. -k communes -x
    python run.py bench [--json]                 measure speed against named peers
    python run.py coursework [command]           hand out problem sets and mark what comes back
    python run.py book [--pdf] [folder]          make the reading edition: a site that needs nothing
    python run.py bundle [--pdf] [file.zip]      pack it all for a room without internet

The first start makes the folder .venv and downloads about 110 packages into it; after that nothing
needs a network. To start afresh, delete .venv."""

ROOT = Path(__file__).resolve().parent
COMMANDS = {  # what is installed, and what .venv's Python is then given
    "lab": (
        "readers",
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={ROOT}",
        "--LabApp.default_url=/lab/tree/notebooks/00_start_here.ipynb",
        "--LabApp.extension_manager=readonly",
    ),
    "test": ("developers", "tools/run_tests.py"),
    "bench": ("benchmarks", "benchmarks/bench.py"),
    "coursework": ("teachers", "-m", "coursework.marking"),
    "book": ("publishers", "-m", "edition"),
    "bundle": ("publishers", "-m", "edition.bundle"),
}
PASSES = """
    PATH HOME USER LOGNAME SHELL TERM COLORTERM NO_COLOR TZ TMPDIR LANG LANGUAGE CI
    LC_ALL LC_CTYPE LC_MESSAGES LD_LIBRARY_PATH DYLD_LIBRARY_PATH DYLD_FALLBACK_LIBRARY_PATH
    BROWSER DISPLAY WAYLAND_DISPLAY XAUTHORITY DBUS_SESSION_BUS_ADDRESS DESKTOP_SESSION
    XDG_RUNTIME_DIR XDG_CURRENT_DESKTOP XDG_SESSION_TYPE XDG_DATA_DIRS XDG_CONFIG_DIRS
    HTTP_PROXY HTTPS_PROXY ALL_PROXY NO_PROXY http_proxy https_proxy all_proxy no_proxy
    SSL_CERT_FILE SSL_CERT_DIR REQUESTS_CA_BUNDLE CURL_CA_BUNDLE NIX_SSL_CERT_FILE UV_CACHE_DIR
    SYSTEMROOT SYSTEMDRIVE WINDIR COMSPEC PATHEXT TEMP TMP USERNAME USERPROFILE HOMEDRIVE HOMEPATH
    APPDATA LOCALAPPDATA PROGRAMDATA PROGRAMFILES NUMBER_OF_PROCESSORS PROCESSOR_ARCHITECTURE
    OPENBLAS_CORETYPE OPENBLAS_L2_SIZE OPENBLAS_NUM_THREADS OMP_NUM_THREADS
""".split()  # what the programs started here get of the user's environment; the rest is set below


def main(words):
    layout = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser("run.py", description=USAGE, formatter_class=layout)
    parser.add_argument("--venv", default=".venv", metavar="FOLDER", help="in place of .venv")
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("options", nargs=argparse.REMAINDER, help="handed to the command")
    asked = parser.parse_args(words or ["--help"])
    lock, *program = COMMANDS[asked.command]
    venv = ROOT / asked.venv
    state = state_folder(venv)
    env = environment(venv, state)
    set_up(venv, lock, env)
    (state / "home").mkdir(parents=True, exist_ok=True)
    if asked.command == "lab":
        no_news(state)
        if not writable(ROOT / "notebooks"):
            say("This folder cannot be written: copy it elsewhere to keep what you change.")
        say("Opening JupyterLab at notebooks/00_start_here.ipynb; press Ctrl+C here to stop it.")
    if asked.command == "bundle":
        download(venv, "readers", state / wheels().name, env)
        program.append(f"--wheels={state / wheels().name}")
    program = [interpreter(venv), *program, *asked.options]
    return start(program, env, state / f"{asked.command}.log")


def state_folder(venv):
    """Where to keep what changes while one works: in .venv, else in the home, else for once."""
    here = hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]
    if writable(venv if venv.exists() else ROOT):
        return venv / "state"
    if writable(Path.home()):
        return Path.home() / ".cache" / f"great-leap-forward-{here}"
    return Path(tempfile.mkdtemp(prefix="great-leap-forward-"))


def environment(venv, state):
    """The variables of every program that is started here: from PASSES, the rest set."""
    env = {name: os.environ[name] for name in PASSES if name in os.environ}
    if not writable(Path.home()):
        env["USERPROFILE" if os.name == "nt" else "HOME"] = str(state / "home")
    for name in ("TMPDIR", "TEMP", "TMP"):
        if name in env and not writable(env[name]):
            del env[name]
    path = [str(interpreter(venv).parent), *filter(None, [env.get("PATH", os.defpath)])]
    return {
        **env,
        "PATH": os.pathsep.join(path),
        "VIRTUAL_ENV": str(venv),
        "PYTHONUTF8": "1",
        "PYTHONNOUSERSITE": "1",
        "JUPYTER_PREFER_ENV_PATH": "1",
        "JUPYTER_CONFIG_DIR": str(state / "jupyter" / "config"),
        "JUPYTER_DATA_DIR": str(state / "jupyter"),
        "IPYTHONDIR": str(state / "ipython"),
        "MPLCONFIGDIR": str(state / "mpl"),
    }


def no_news(state):
    """Switch off JupyterLab's news, and the question whether one wants any."""
    page = state / "jupyter" / "config" / "labconfig" / "page_config.json"
    if not page.exists():
        page.parent.mkdir(parents=True, exist_ok=True)
        off = {"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}}
        page.write_text(json.dumps(off), "utf-8")


def start(program, env, path):
    """Run a program to its end, return its exit code; Ctrl+C is for the program to answer.

    What it says on standard error is kept in a log; if it fails, the last line says of what.
    """
    signal.signal(signal.SIGINT, lambda *_: None)
    with path.open("w", encoding="utf-8") as log:
        with subprocess.Popen(
            program,
            cwd=ROOT,
            env=env,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
        ) as running:
            cause = passed_on(running.stderr, log)
    code = running.returncode
    if code < 0 and code != -signal.SIGINT:
        cause = f"a signal ended it ({signal.strsignal(-code)})"
    if code and cause:
        say(
            f"{path.stem} stopped: {cause}\nAll that it said is in {told(path)}; if that does not "
            "tell you what to do, report it with that file."
        )
    return code if code >= 0 else 128 - code


def passed_on(stream, log):
    """Print what a program says, tracebacks only to its log; return the error it ended with."""
    error = r"(\w+\.)*\w*(Error|Exception)\b"  # how the last line of a traceback begins
    goes_on = rf"\s|$|{error}|During handling|The above exception"
    last, tracing = "", False
    for line in stream:
        log.write(line)
        plain = re.sub(r"\x1b\[[\d;]*m", "", line).rstrip()
        tracing = plain.startswith("Traceback") or tracing and bool(re.match(goes_on, plain))
        if not tracing:
            sys.stderr.write(line)
            sys.stderr.flush()
        last = plain or last
    return re.sub(r"^\[C .*?\] ", "", last) if re.match(rf"{error}|\[C ", last) else None


def writable(folder):
    """Whether a file can be made in a folder; tried, for permissions do not tell everywhere."""
    try:
        tempfile.TemporaryFile(dir=folder).close()
    except OSError:
        return False
    return True


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Stop as stop:
        sys.exit(str(stop))
    except KeyboardInterrupt:
        sys.exit(f"Stopped. To go on, {AGAIN[5:]}")
    except OSError as error:
        sys.exit(f"{error}: close what uses it or put it right, {AGAIN}")
