"""Set up and start the notebooks; see USAGE below."""

import os
import sys

if __name__ == "__main__":  # somebody's random.py on PYTHONPATH must not stand before Python's
    theirs = list(filter(None, os.getenv("PYTHONPATH", "").split(os.pathsep)))
    sys.path[:] = [name for name in sys.path if name not in map(os.path.abspath, theirs)]

import ast
import hashlib
import json
import re
import shutil
import signal
import subprocess
import tempfile
from functools import lru_cache
from pathlib import Path

USAGE = """Set up and start the notebooks.

    python run.py lab [options of jupyter lab]   open the notebooks, e.g. --no-browser --port 9000
    python run.py test [options of pytest]       check everything, or e.g. -k communes -x
    python run.py bench [--json]                 measure speed against named peers
    python run.py coursework [command]           hand out problem sets and mark what comes back

The first start makes the folder .venv and downloads about 110 packages into it; after that nothing
needs a network. To start afresh, delete .venv."""

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "ready.json"  # written last: without it .venv is unfinished and is made again
LOG = VENV / "install.log"
CONFIG = VENV / "etc" / "jupyter"
NOTEBOOKS = ROOT / "notebooks"
APART = ["tests/marking", "tests/notebooks/test_browser.py"]
BELTS = {  # of the tests, as pytest is told; they take about as long as each other
    "parts and house": ["glf_utils", "tests", *(f"--ignore={path}" for path in APART)]
    + ["--cov=glf_utils", "--cov-report=term", "--cov-fail-under=90"],
    "notebooks, browser and marking": ["notebooks", *APART],
}
LOCKS = {  # each holds the ones before it
    "lab": "locks/readers.txt",
    "coursework": "locks/teachers.txt",
    "test": "locks/developers.txt",
    "bench": "locks/benchmarks.txt",
}
INSTALLER_LOCK = "locks/installer.txt"
ROOM_NEEDED = 1500  # MB, while installing
AGAIN = "then give the same command again."
CAUSE = r"(\w+\.)*\w*(Error|Exception)\b"  # how the last line of a traceback begins

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
    COURSEWORK_MEMORY_MB COURSEWORK_CPU_SECONDS
""".split()  # what the programs started here get of the user's environment; the rest is set below

PIP_PASSES = {  # of pip's settings only where packages are fetched; as uv calls it, where it has it
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "no-index": "UV_NO_INDEX",
    "trusted-host": "UV_INSECURE_HOST",
    "proxy": "ALL_PROXY",
    "cert": "SSL_CERT_FILE",
    "client-cert": "SSL_CLIENT_CERT",
    "timeout": "UV_HTTP_TIMEOUT",
    "default-timeout": "UV_HTTP_TIMEOUT",
    "retries": "UV_HTTP_RETRIES",
    "cache-dir": None,
}

INSTALLED = """
import json, sys, importlib.metadata as found
def version(name):
    try: return found.version(name)
    except found.PackageNotFoundError: return None
wrong = [name for name, wanted in json.loads(sys.argv[1]).items() if version(name) != wanted]
for name in sys.argv[2:]:
    __import__(name)
sys.exit(" ".join(wrong) or None)
"""  # .venv's Python ends well when the lock's versions are there and the named modules import


class Stop(Exception):
    """One line that says what is wrong and what to do about it."""


def main(words):
    if sys.version_info < (3, 11):  # noqa: UP036
        version = sys.version.split()[0]
        raise Stop(f"This needs Python 3.11 or newer; {sys.executable} is {version}.")
    commands = {
        "lab": lab,
        "test": test,
        "bench": bench,
        "coursework": coursework,
    }
    if not words or words[0] in ("-h", "--help", "help"):
        print(USAGE)
        return 0
    if words[0] not in commands:
        raise Stop(f"There is no command {words[0]!r}; choose from {', '.join(commands)}.")
    return commands[words[0]](words[1:])


# -- the four commands ---------------------------------------------------------------------------


def lab(options):
    set_up("lab")
    if not writable(NOTEBOOKS):
        say("This folder cannot be written: copy it elsewhere to keep what you change.")
    say("Opening JupyterLab at notebooks/00_start_here.ipynb; press Ctrl+C here to stop it.")
    ours = [
        f"--ServerApp.root_dir={ROOT}",
        "--LabApp.extension_manager=readonly",
        "--LabApp.default_url=/lab/tree/notebooks/00_start_here.ipynb",
    ]
    return python("-m", "jupyterlab", *ours, *options, log="lab")


def test(options):
    set_up("test")
    if options:
        say(f"Running the tests with {' '.join(options)}.")
        return python("-m", "pytest", *options)
    say("Running the tests in two belts side by side; about 11 minutes.")
    codes = side_by_side({name: ["-m", "pytest", *words] for name, words in BELTS.items()})
    failed = [name for name, code in codes.items() if code]
    say(f"Failed: {', '.join(failed)}; see above." if failed else "Both belts passed.")
    return 1 if failed else 0


def side_by_side(belts):
    """Run Python once for each belt, all at once: the first aloud, the others' words after it."""
    runs, codes = {}, {}
    for name, words in belts.items():
        said = tempfile.TemporaryFile() if runs else None
        command, env = [str(PYTHON), *words], {**environment(), "PYTHONUNBUFFERED": "1"}
        runs[name] = (
            said,
            subprocess.Popen(command, cwd=str(ROOT), env=env, stdout=said, stderr=said),
        )
    try:
        for name, (said, running) in runs.items():
            codes[name] = running.wait()
            if said:
                said.seek(0)
                print(f"\n{name}:\n{said.read().decode('utf-8', 'replace')}", flush=True)
    finally:
        for said, running in runs.values():
            if running.poll() is None:
                running.terminate()
            if said:
                said.close()
    return codes


def bench(options):
    set_up("bench")
    return python("benchmarks/bench.py", *options, log="bench")


def coursework(words):
    set_up("coursework")
    return python("-m", "coursework.marking", *words, log="coursework")


# -- the environment -----------------------------------------------------------------------------


def set_up(kind):
    """Make .venv hold what the lock of `kind` lists, unless it already does."""
    stamp, lock = read_stamp(), LOCKS[kind]
    if not (ROOT / lock).exists():
        raise Stop(
            f"{lock} is not in this copy of the project, so {kind} cannot be set up: use a "
            "whole copy."
        )
    if stamp.get(kind) == fingerprint(lock) and installed(lock):
        return
    packages = len(re.findall(r"(?m)^[\w.-]+==", (ROOT / lock).read_text("utf-8")))
    say(f"Setting up .venv with about {packages} packages: a minute or a few, this once.")
    free = shutil.disk_usage(str(ROOT)).free // 10**6
    if free < ROOM_NEEDED:
        raise Stop(f"The disk has {free} MB free and needs about {ROOM_NEEDED}: make room, {AGAIN}")
    if stamp.get("lab") != fingerprint(LOCKS["lab"]) or not installed(LOCKS["lab"]):
        make_venv()
    if STAMP.exists():
        STAMP.unlink()
    install(["--require-hashes", "-r", str(ROOT / lock)])
    install(["--no-build-isolation", "-e", str(ROOT)])
    if not installed(lock, modules()):
        raise Stop(f"What was installed does not run: delete .venv, {AGAIN} (Details: {told(LOG)})")
    asking = {"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}}
    write(CONFIG / "labconfig" / "page_config.json", asking)  # no news, no question about news
    full = list(LOCKS)[: list(LOCKS).index(kind) + 1]
    write(STAMP, {name: fingerprint(LOCKS[name]) for name in full})
    say("Set up.")


def make_venv():
    try:
        if VENV.is_symlink() or VENV.is_file():
            VENV.unlink()
        elif VENV.exists():
            say("Removing an old or unfinished .venv.")
            shutil.rmtree(str(VENV))
        VENV.mkdir()
    except OSError as error:
        raise Stop(
            f"Cannot make .venv anew ({error}): close what uses it, or take a folder where "
            f"you may write, {AGAIN}"
        ) from None
    state_folder.cache_clear()
    base = getattr(sys, "_base_executable", sys.executable)
    made = subprocess.run(
        [base, "-m", "venv", str(VENV)],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if made.returncode:
        reason = made.stdout.decode(errors="replace").strip() or "no reason was given"
        if "ensurepip" in reason:
            reason = "its venv module is missing (Debian and Ubuntu: apt install python3-venv)"
        raise Stop(f"Cannot make .venv: {reason.splitlines()[-1]}; mend that, {AGAIN}")


def install(words):
    """Install exactly what is named, nothing that it asks for: by uv, or where that fails by pip.

    A lock is closed, so what a package asks for is in it. Following the packages' own wishes
    would let what is released later in (pip before 23.3 does, even with hashes).
    """
    pip_settings, uv_settings = fetching()
    exactly = ["install", "--no-deps", *words]
    pip = [str(PYTHON), "-m", "pip"]
    uv = SCRIPTS / ("uv.exe" if os.name == "nt" else "uv")
    if not uv.exists() and (ROOT / INSTALLER_LOCK).exists():
        hashed = ["--require-hashes", "--retries=1", "-r", str(ROOT / INSTALLER_LOCK)]
        logged([*pip, "install", "--no-deps", *hashed], pip_settings)
    if uv.exists() and not logged([str(uv), "pip", *exactly], uv_settings)[0]:
        return
    code, output = logged([*pip, *exactly], pip_settings)
    if code:
        raise Stop(pip_trouble(output))


def logged(command, settings):
    """Run an installer; count packages aloud, keep its own words in .venv/install.log."""
    output, count = [], 0
    with LOG.open("a", encoding="utf-8") as log:
        running = subprocess.Popen(
            command,
            env={**environment(), **settings},
            cwd=str(ROOT),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        with running:
            try:
                for line in running.stdout:
                    line = line.decode("utf-8", "replace")
                    log.write(line)
                    output.append(line)
                    if line.startswith("Downloading ") and "MiB" in line:  # uv: the large ones
                        say(f"  downloading {line.split(None, 1)[1].strip()}")
                    elif line.startswith(("Collecting ", "Processing ")):
                        count += 1
                        if count % 20 == 0:
                            say(f"  {count} packages found")
                    elif line.startswith("Installing collected") and count > 1:
                        say(f"  unpacking {count} packages")
            except KeyboardInterrupt:
                running.terminate()
                raise
    return running.returncode, "".join(output)


def fetching():
    """Where packages come from, as variables for pip and for uv: all that counts of pip's settings.

    A user's mirror, proxy and certificates are kept. Whatever would change what is installed or
    where (user, target, prefix, constraint, no-binary …) is not.
    """
    mute = {
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_NO_INPUT": "1",
        "PIP_PROGRESS_BAR": "off",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }
    wanted = [name for name in os.environ if name.startswith("PIP_") or name == "XDG_CONFIG_HOME"]
    theirs = {**{name: os.environ[name] for name in wanted}, **environment()}
    asked = subprocess.run(
        [str(PYTHON), "-m", "pip", "config", "list"],
        env=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    said = asked.stdout.decode("utf-8", "replace")
    found = re.findall(r"(?m)^(global|install|:env:)\.([\w-]+)=('.*'|\".*\")\s*$", said)
    order = ["global", "install", ":env:"]
    for _, key, value in sorted(found, key=lambda one: order.index(one[0])):
        value = " ".join(ast.literal_eval(value).split())
        if key in PIP_PASSES:
            mute["PIP_" + key.upper().replace("-", "_")] = value
    uv = {
        "UV_NO_CONFIG": "1",
        "UV_NO_PROGRESS": "1",
        "UV_PYTHON": str(PYTHON),
        "UV_INDEX_STRATEGY": "unsafe-best-match",
        "UV_PYTHON_DOWNLOADS": "never",
    }
    for key, name in PIP_PASSES.items():
        value = mute.get("PIP_" + key.upper().replace("-", "_"))
        if name and value:
            uv[name] = value.replace(" ", ",") if key == "find-links" else value
    return mute, uv


def pip_trouble(output):
    """What went wrong, in one line, from what pip printed."""
    network = "connection|temporary failure|name or service|timed out|proxyerror|sslerror"
    known = {
        "no space left": "The disk is full: make room (about 1.5 GB)",
        r"winerror (5|32)\b|being used by another process": "A file of .venv is in use: close "
        "JupyterLab and whatever else was started from here",
        "do not match the hashes": "A package is not the one the lock names, so nothing of it was "
        "installed: look for a proxy that alters downloads, or run pip cache purge",
        network: "A package could not be fetched: check the network",
        "no matching distribution": "A package is not to be had: check the network, or try an "
        "older Python if yours is very new",
    }
    last = (output.strip() or "pip printed nothing").splitlines()[-1]
    found = (known[words] for words in known if re.search(words, output, re.IGNORECASE))
    return f"{next(found, last)}, {AGAIN} (Details: {told(LOG)})"


def environment():
    """The variables of every program that is started here: from PASSES, the rest set."""
    env = {name: os.environ[name] for name in PASSES if name in os.environ}
    state = state_folder()
    home = "USERPROFILE" if os.name == "nt" else "HOME"
    if not writable(Path(os.path.expanduser("~"))):
        env[home] = str(state / "home")
    for name in ("TMPDIR", "TEMP", "TMP"):
        if name in env and not writable(Path(env[name])):
            del env[name]
    path = [str(SCRIPTS), *filter(None, [env.get("PATH", os.defpath)])]
    return {
        **env,
        "PATH": os.pathsep.join(path),
        "VIRTUAL_ENV": str(VENV),
        "PYTHONUTF8": "1",
        "PYTHONNOUSERSITE": "1",
        "JUPYTER_CONFIG_DIR": str(CONFIG),
        "JUPYTER_PREFER_ENV_PATH": "1",
        "JUPYTER_DATA_DIR": str(state / "jupyter"),
        "IPYTHONDIR": str(state / "ipython"),
        "JUPYTERLAB_SETTINGS_DIR": str(state / "settings"),
        "MPLCONFIGDIR": str(state / "mpl"),
        "JUPYTERLAB_WORKSPACES_DIR": str(state / "workspaces"),
    }


@lru_cache(maxsize=None)
def state_folder():
    """What changes while one works, of this account: in .venv, else in its home, else for once."""
    here = hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]
    home = Path(os.path.expanduser("~"))
    if writable(VENV):
        place = VENV / "state"
    elif writable(home):
        place = home / ".cache" / f"great-leap-forward-{here}"
    else:
        place = Path(tempfile.mkdtemp(prefix="great-leap-forward-"))
    (place / "home").mkdir(parents=True, exist_ok=True)
    return place


def writable(folder):
    """Whether a file can be made in a folder; tried, for permissions do not tell everywhere."""
    try:
        tempfile.TemporaryFile(dir=str(folder)).close()
    except OSError:
        return False
    return True


# -- small things --------------------------------------------------------------------------------


def say(words):
    print(words, file=sys.stderr, flush=True)


def told(path):
    """A path as messages give it."""
    return path.relative_to(ROOT) if ROOT in path.parents else path


def python(*words, log=None):
    """Run .venv's Python and return its exit code; Ctrl+C is for that program to answer.

    With `log`, what it says on standard error is kept in a file of that name too, and if it fails
    the last line says of what.
    """
    path = state_folder() / f"{log}.log"
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        with subprocess.Popen(
            [str(PYTHON), *words],
            cwd=str(ROOT),
            env=environment(),
            stderr=subprocess.PIPE if log else None,
        ) as running:
            ending = passed_on(running.stderr, path) if log else None
        code = running.returncode
    finally:
        signal.signal(signal.SIGINT, before)
    if code > 0 and ending:
        say(
            f"{log} stopped: {ending}\nAll that it said is in {told(path)}; if that does not tell "
            "you what to do, report it with that file."
        )
    return code


def passed_on(stream, path):
    """Print and store what a program says; return what it died of, None if it did not say."""
    lines, tracing = [], False
    with path.open("w", encoding="utf-8") as log:
        for line in stream:
            line = line.decode("utf-8", "replace")
            log.write(line)
            lines = [*lines[-200:], re.sub(r"\x1b\[[\d;]*m", "", line.strip())]
            tracing = (
                line.startswith("Traceback")
                or tracing
                and (
                    line[0].isspace()
                    or bool(re.match(rf"{CAUSE}|During handling|The above exc", line))
                )
            )
            if not tracing:
                sys.stderr.write(line)
                sys.stderr.flush()
    causes = [line for line in lines if re.match(rf"{CAUSE}|\[C ", line)]
    return re.sub(r"^\[C .*?\] ", "", causes[-1]) if causes else None


def modules():
    """The libraries that the notebooks import, by their names in pyproject.toml, and our own."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = [re.match(r"[\w-]+", line)[0] for line in project.get("dependencies", [])]
    return [name.replace("-", "_") for name in [*asked, project["name"]]]


def locked(lock):
    """Versions by name, of what a lock lists for every system."""
    text = (ROOT / lock).read_text("utf-8")
    return dict(re.findall(r"(?m)^([\w.-]+)==([^\s;]+) \\$", text))


def installed(lock, names=()):
    """Whether .venv's Python runs, has what the lock lists, and can import the named modules."""
    if not PYTHON.exists():
        return False
    look = [str(PYTHON), "-c", INSTALLED, json.dumps(locked(lock)), *names]
    try:
        done = subprocess.run(
            look, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
    except OSError:
        return False
    if names and done.returncode:
        with LOG.open("ab") as log:
            log.write(done.stderr)
    return done.returncode == 0


def fingerprint(lock):
    """Of what decides what is installed: the lock, the package's description, Python, the place."""
    home = f"{sys.implementation.name} {sys.version_info[0]}.{sys.version_info[1]} in {ROOT}"
    parts = [(ROOT / lock).read_bytes(), (ROOT / "pyproject.toml").read_bytes(), home.encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def read_stamp():
    try:
        return json.loads(STAMP.read_text("utf-8"))
    except (OSError, ValueError):
        return {}


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=1), "utf-8")


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Stop as stop:
        sys.exit(str(stop))
    except KeyboardInterrupt:
        sys.exit(f"Stopped. To go on, {AGAIN[5:]}")
    except OSError as error:
        sys.exit(f"{error}: put that right, {AGAIN}")
