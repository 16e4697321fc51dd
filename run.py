"""Set up and start the notebooks.

    python run.py lab [options of jupyter lab]   open the notebooks, e.g. --no-browser --port 9000
    python run.py test [options of pytest]       check everything, or e.g. -k communes -x
    python run.py bench [--json]                 measure speed against named peers
    python run.py coursework [command]           hand out problem sets and mark what comes back
    python run.py refresh [notebook ...]         run notebooks again and store what they show

The first start makes the folder .venv and downloads about 150 packages into it; after that nothing
needs a network. To start afresh, delete .venv.
"""

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "ready.json"  # written last: without it .venv is unfinished and is made again
LOG = VENV / "install.log"
NOTEBOOKS = ROOT / "notebooks"
LOCKS = {  # each holds the ones before it
    "lab": "requirements.lock",
    "coursework": "requirements-coursework.lock",
    "test": "requirements-test.lock",
    "bench": "requirements-bench.lock",
}
ROOM_NEEDED = 1500  # MB, while installing
AGAIN = "then give the same command again."

OVERRIDES = VENV / "share/jupyter/lab/settings/overrides.json"  # JupyterLab's site settings
QUIET = {"@jupyterlab/apputils-extension:notification": {
    "fetchNews": "false", "checkForUpdates": False,
}}  # fmt: skip
OFFLINE = [  # JupyterLab would otherwise look for news, updates and extensions
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
]


class Stop(Exception):
    """One line that says what is wrong and what to do about it."""


def main(words):
    if sys.version_info < (3, 11):  # noqa: UP036
        version = sys.version.split()[0]
        raise Stop(f"This needs Python 3.11 or newer; {sys.executable} is {version}.")
    commands = {
        "lab": lab, "test": test, "bench": bench, "coursework": coursework, "refresh": refresh,
    }  # fmt: skip
    if not words or words[0] in ("-h", "--help", "help"):
        print(__doc__.strip())
        return 0
    if words[0] not in commands:
        raise Stop(f"There is no command {words[0]!r}; choose from {', '.join(commands)}.")
    return commands[words[0]](words[1:])


# -- the five commands ---------------------------------------------------------------------------


def lab(options):
    set_up("lab")
    hush()
    trust()
    say("Opening JupyterLab at notebooks/00_start_here.ipynb; press Ctrl+C here to stop it.")
    start = "--LabApp.default_url=/lab/tree/notebooks/00_start_here.ipynb"
    return python("-m", "jupyterlab", f"--ServerApp.root_dir={ROOT}", start, *OFFLINE, *options)


def test(options):
    set_up("test")
    say("Running the tests" + (f" with {' '.join(options)}." if options else "; about 12 minutes."))
    coverage = ["--cov=glf_utils", "--cov-report=term", "--cov-fail-under=90"]
    return python("-m", "pytest", *(options or coverage))


def bench(options):
    set_up("bench")
    return python("benchmarks/bench.py", *options)


def coursework(words):
    set_up("coursework")
    return python("-m", "coursework.marking", *words)


def refresh(names):
    set_up("lab")
    for path in [Path(name).resolve() for name in names] or sorted(NOTEBOOKS.glob("*.ipynb")):
        say(f"Running {path.name}.")
        convert = ["-m", "nbconvert", "--to=notebook", "--execute", "--inplace", "--log-level=WARN"]
        convert += ["--ExecutePreprocessor.record_timing=False", str(path)]
        if python(*convert):
            raise Stop(f"{path.name} did not run to its end and was left as it was; see above.")
        path.write_bytes(tidy(path.read_text("utf-8")).encode("utf-8"))
    return 0


def tidy(text):
    """The notebook without what changes from run to run: timings, versions, widgets' random ids,
    and into how many pieces a cell's printed text was cut."""
    notebook = json.loads(text)
    state_type = "application/vnd.jupyter.widget-state+json"
    widgets = notebook["metadata"].get("widgets", {}).get(state_type, {"state": {}})
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    notebook["metadata"] = {"kernelspec": kernel, "language_info": {"name": "python"}}
    for cell in notebook["cells"]:
        kept = ("tags", "jupyter", "editable", "deletable")
        cell["metadata"] = {key: cell["metadata"][key] for key in kept if key in cell["metadata"]}
        cell.update({"outputs": joined(cell["outputs"])} if "outputs" in cell else {})

    state = widgets["state"]

    def ids(part):
        found = re.findall("[0-9a-f]{32}", json.dumps(part, sort_keys=True))
        return [name for name in found if name in state]

    order = list(dict.fromkeys(ids(notebook["cells"])))  # the widgets that cells show, then
    for name in order:  # those that these refer to; the list grows as it is read
        order += [other for other in dict.fromkeys(ids(state[name])) if other not in order]
    if order:
        widgets["state"] = {name: state[name] for name in order}
        notebook["metadata"]["widgets"] = {state_type: widgets}
    text = json.dumps(notebook)
    for number, name in enumerate(order, 1):
        text = text.replace(name, f"{number:032x}")
    return json.dumps(json.loads(text), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def joined(outputs):
    """A cell's outputs, neighbouring pieces of one stream in one."""
    whole = []
    for output in outputs:
        last = whole[-1] if whole else {}
        if output["output_type"] == "stream" and output["name"] == last.get("name"):
            text = "".join(last["text"]) + "".join(output["text"])
            whole[-1] = {**last, "text": text.splitlines(keepends=True)}
        else:
            whole.append(output)
    return whole


# -- the environment -----------------------------------------------------------------------------


def set_up(kind):
    """Make .venv hold what the lock of `kind` lists, unless it already does."""
    stamp, usable = read_stamp(), venv_runs()
    if usable and stamp.get(kind) == fingerprint(LOCKS[kind]):
        return
    packages = len(re.findall(r"(?m)^[\w.-]+==", (ROOT / LOCKS[kind]).read_text("utf-8")))
    say(f"Setting up .venv with about {packages} packages: a few minutes, this once.")
    free = shutil.disk_usage(str(ROOT)).free // 10**6
    if free < ROOM_NEEDED:
        raise Stop(f"The disk has {free} MB free and needs about {ROOM_NEEDED}: make room, {AGAIN}")
    if not usable or stamp.get("home") != home():
        make_venv()
    if STAMP.exists():
        STAMP.unlink()
    pip("install", "--require-hashes", "-r", str(ROOT / LOCKS[kind]))
    pip("install", "--no-deps", "--no-build-isolation", "-e", str(ROOT))
    OVERRIDES.parent.mkdir(parents=True, exist_ok=True)
    OVERRIDES.write_text(json.dumps(QUIET), "utf-8")
    full = list(LOCKS)[: list(LOCKS).index(kind) + 1]
    write_stamp({"home": home(), **{name: fingerprint(LOCKS[name]) for name in full}})
    say("Set up.")


def make_venv():
    try:
        if VENV.is_symlink() or VENV.is_file():
            VENV.unlink()
        elif VENV.exists():
            say("Removing an old or unfinished .venv.")
            shutil.rmtree(str(VENV))
    except OSError as error:
        raise Stop(f"Cannot remove .venv ({error}): close what uses it, {AGAIN}") from None
    base = getattr(sys, "_base_executable", sys.executable)
    made = subprocess.run([base, "-m", "venv", str(VENV)], stdout=-1, stderr=-2)
    if made.returncode:
        reason = made.stdout.decode(errors="replace").strip()
        if "ensurepip" in reason:
            reason = "its venv module is missing (Debian and Ubuntu: apt install python3-venv)"
        raise Stop(f"Cannot make .venv: {reason.splitlines()[-1]}; mend that, {AGAIN}")


def pip(*words):
    """Run pip in .venv; count packages aloud, keep its own words in .venv/install.log."""
    command = [str(PYTHON), "-m", "pip", *words, "--no-input", "--progress-bar=off"]
    command += ["--disable-pip-version-check"]
    output, count = [], 0
    with LOG.open("a", encoding="utf-8") as log:
        running = subprocess.Popen(command, stdout=-1, stderr=-2)
        try:
            for line in running.stdout:
                line = line.decode("utf-8", "replace")
                log.write(line)
                output.append(line)
                if line.startswith(("Collecting ", "Processing ")):
                    count += 1
                    if count % 20 == 0:
                        say(f"  {count} packages found")
                elif line.startswith("Installing collected") and count:
                    say(f"  unpacking {count} packages")
        except KeyboardInterrupt:
            running.terminate()
            running.wait()
            raise
    if running.wait():
        raise Stop(pip_trouble("".join(output)))


def pip_trouble(output):
    """What went wrong, in one line, from what pip printed."""
    network = "connection|temporary failure|name or service|timed out|proxyerror|sslerror"
    known = {
        "no space left": "The disk is full: make room (about 1.5 GB)",
        "do not match the hashes": "A package is not the one the lock names, so nothing of it was "
        "installed: look for a proxy that alters downloads, or run pip cache purge",
        network: "A package could not be fetched: check the network",
        "no matching distribution": "A package is not to be had: check the network, or try an "
        "older Python if yours is very new",
    }
    last = (output.strip() or "pip printed nothing").splitlines()[-1]
    found = (known[words] for words in known if re.search(words, output, re.IGNORECASE))
    return f"{next(found, last)}, {AGAIN} (Details: {LOG.relative_to(ROOT)})"


def hush():
    """Keep JupyterLab from asking whether it may fetch news."""
    config = VENV / "etc" / "jupyter" / "labconfig" / "page_config.json"
    config.parent.mkdir(parents=True, exist_ok=True)
    asking = "@jupyterlab/apputils-extension:announcements"
    config.write_text(json.dumps({"disabledExtensions": {asking: True}}), "utf-8")


def trust():
    """Sign the notebooks, so that JupyterLab shows their stored widgets; once for each version."""
    paths = sorted(NOTEBOOKS.glob("*.ipynb"))
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()
    stamp = read_stamp()
    if paths and stamp.get("trusted") != digest:
        say("Marking the notebooks as trusted.")
        if python("-m", "nbformat.sign", "--log-level=ERROR", *map(str, paths)) == 0:
            write_stamp({**stamp, "trusted": digest})


# -- small things --------------------------------------------------------------------------------


def say(words):
    print(words, file=sys.stderr, flush=True)


def python(*words):
    """Run .venv's Python and return its exit code; Ctrl+C is for that program to answer."""
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        return subprocess.call([str(PYTHON), *words], cwd=str(ROOT))
    finally:
        signal.signal(signal.SIGINT, before)


def venv_runs():
    try:
        return subprocess.call([str(PYTHON), "-c", ""], stdout=-3, stderr=-3) == 0
    except OSError:
        return False


def home():
    """Where .venv was made and for which Python: in another place or by another it is of no use."""
    return f"{sys.implementation.name} {sys.version_info[0]}.{sys.version_info[1]} in {ROOT}"


def fingerprint(lock):
    parts = [(ROOT / lock).read_bytes(), (ROOT / "pyproject.toml").read_bytes(), home().encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def read_stamp():
    try:
        return json.loads(STAMP.read_text("utf-8"))
    except (OSError, ValueError):
        return {}


def write_stamp(stamp):
    STAMP.write_text(json.dumps(stamp, indent=1), "utf-8")


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Stop as stop:
        sys.exit(str(stop))
    except KeyboardInterrupt:
        sys.exit(f"Stopped. To go on, {AGAIN[5:]}")
    except OSError as error:
        sys.exit(f"{error}: put that right, {AGAIN}")
