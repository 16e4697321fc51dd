"""From a lock to a folder .venv that holds exactly what the lock lists; run.py calls it."""

import ast
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("readers", "teachers", "publishers", "developers", "benchmarks")  # each holds the last
ROOM_NEEDED = 1500  # MB, while installing
AGAIN = "then give the same command again."
PASSES = {  # of pip's settings only where packages come from; as uv calls it, where it has it
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "no-index": None,  # uv has a word for it, and no variable
    "trusted-host": "UV_INSECURE_HOST",
    "proxy": "ALL_PROXY",
    "cert": "SSL_CERT_FILE",
    "client-cert": "SSL_CLIENT_CERT",
    "timeout": "UV_HTTP_TIMEOUT",
    "default-timeout": "UV_HTTP_TIMEOUT",
    "retries": "UV_HTTP_RETRIES",
    "cache-dir": None,
}
TROUBLES = {  # what pip prints: what that means
    "no space left": "The disk is full: make room (about 1.5 GB)",
    r"winerror (5|32)\b|being used by another process": "A file of .venv is in use: close "
    "JupyterLab and whatever else was started from here",
    "do not match the hashes": "A package is not the one the lock names, so nothing of it was "
    "installed: look for a proxy that alters downloads, or run pip cache purge",
    "connection|temporary failure|name or service|timed out|proxyerror|sslerror": "A package "
    "could not be fetched: check the network",
    "no matching distribution": "A package is not to be had: check the network, or try an older "
    "Python if yours is very new",
}


class Stop(Exception):
    """One line that says what is wrong and what to do about it."""


def set_up(venv, lock, env):
    """Make a folder hold what a lock lists, unless it already does.

    Parameters
    ----------
    venv : Path
        The folder.
    lock : str
        One of ``LOCKS``.
    env : dict of str
        Variables of the programs that are started for it.

    Raises
    ------
    Stop
        If something is in the way.
    """
    if not lock_file(lock).exists():
        raise Stop(f"locks/{lock}.txt is not in this copy of the project: use a whole copy.")
    if ready(venv, lock, env):
        return
    packages = len(locked(lock))
    say(f"Setting up {venv.name} with about {packages} packages: a minute or a few, this once.")
    free = shutil.disk_usage(ROOT).free // 10**6
    if free < ROOM_NEEDED:
        raise Stop(f"The disk has {free} MB free and needs about {ROOM_NEEDED}: make room, {AGAIN}")
    if ready(venv, "readers", env):  # what is there stays, in the same versions
        install(venv, lock, env)
    else:
        with old_one_aside(venv):
            make_venv(venv, env)
            install(venv, lock, env)
    say("Set up.")


@contextmanager
def old_one_aside(venv):
    """Keep the .venv that was there until the new one is proven; put it back if that fails."""
    old = venv.with_name(f"{venv.name}-old")
    for folder in (venv, old):
        if os.path.lexists(folder) and not ours(folder):
            raise Stop(f"{folder.name} was not made by run.py: rename or remove it, {AGAIN}")
    if venv.exists() and old.exists():  # a new one that was never finished
        shutil.rmtree(venv)
    elif venv.exists():
        venv.rename(old)
    try:
        yield
    except BaseException:
        if old.exists():
            if (venv / "install.log").exists():  # the reason is in it
                shutil.copy(venv / "install.log", old)
            shutil.rmtree(venv, ignore_errors=True)
            old.rename(venv)
        raise
    if (old / "state").exists():
        shutil.rmtree(venv / "state", ignore_errors=True)
        (old / "state").rename(venv / "state")
    shutil.rmtree(old, ignore_errors=True)


def ours(folder):
    """Whether a folder was made here, or holds nothing that could be lost."""
    names = os.listdir(folder) if folder.is_dir() else [None]
    return not names or "install.log" in names or "ready.json" in names


def make_venv(venv, env):
    """Make an environment with nothing but pip; the log is begun first, which says it is ours."""
    venv.mkdir()
    base = getattr(sys, "_base_executable", sys.executable)
    made, said = logged(venv, [base, "-m", "venv", venv], env)
    if made:
        said = said.strip() or "it does not say why"
        if "ensurepip" in said:
            said = "its venv module is missing (Debian and Ubuntu: apt install python3-venv)"
        raise Stop(f"Python cannot make {venv.name}: {said.splitlines()[-1]}; mend that, {AGAIN}")


def install(venv, lock, env):
    """Install what a lock lists and this folder's package, see that it runs, and write that down.

    Exactly what is listed, nothing that it asks for: a lock is closed. Following the packages' own
    wishes would let what is released later in (pip before 23.3 does, even with hashes).
    """
    listed = ["--require-hashes", "-r", lock_file(lock)]
    brought = lock == "readers" and brings_wheels()
    fetch(venv, env, listed, ["--no-build-isolation", "-e", ROOT], brought=brought)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names = [re.match(r"[\w-]+", line)[0] for line in [*project["dependencies"], project["name"]]]
    code = f"import {', '.join(names).replace('-', '_')}"
    failed, _ = logged(venv, [interpreter(venv), "-c", code], env)
    if failed or not installed(venv, lock, env):
        raise Stop(
            f"What was installed does not run: delete {venv.name}, {AGAIN} "
            f"(Details: {told(venv / 'install.log')})"
        )
    whole = LOCKS[: LOCKS.index(lock) + 1]
    stamp = {name: fingerprint(name) for name in whole if lock_file(name).exists()}
    (venv / "ready.json").write_text(json.dumps(stamp, indent=1), "utf-8")


def fetch(venv, env, *wishes, brought=False):
    """Install by uv or, where that fails, by pip: lists of words that either is given."""
    pip, uv = installers(venv, env, brought)
    for words in wishes:
        if uv and not logged(venv, [*uv[0], *words], uv[1])[0]:
            continue
        failed, said = logged(venv, [*pip[0], *words], pip[1])
        if failed:
            raise Stop(f"{pip_trouble(said)}, {AGAIN} (Details: {told(venv / 'install.log')})")


def download(venv, lock, folder, env):
    """Download the wheels that a lock lists for this Python and system into a folder, and uv's."""
    say("Fetching the wheels of the notebooks, about 120 MB …")
    (pip, pip_env), _ = installers(venv, env)
    words = [*pip[:3], "download", "--no-deps", "--only-binary=:all:", "--require-hashes"]
    words += [
        f"--requirement={lock_file(name)}"
        for name in (lock, "installer")
        if lock_file(name).exists()
    ]
    shutil.rmtree(folder, ignore_errors=True)
    failed, said = logged(venv, [*words, f"--dest={folder}"], pip_env)
    if failed:
        raise Stop(f"{pip_trouble(said)}, {AGAIN} (Details: {told(venv / 'install.log')})")


def brings_wheels():
    """Whether a bundle brings what the readers' lock lists for this Python and system."""
    others = [folder.name for folder in (ROOT / "wheels").glob("*-*/") if folder != wheels()]
    if others and not wheels().is_dir():
        say(f"The wheels here are for {' and '.join(others)}, and this is {wheels().name}:")
        say("  the network is asked.")
    return wheels().is_dir()


def wheels():
    """The folder of wheels that a bundle brings for this Python and system, if it does."""
    return ROOT / "wheels" / f"{sys.implementation.cache_tag}-{sysconfig.get_platform()}"


def installers(venv, env, brought=False):
    """pip, which is always there, and uv, many times as fast, if it is to be had: else None.

    Each is a command and its variables. What is installed may be brought along; then no network
    is asked.
    """
    kept = theirs(venv, env)
    if brought:
        kept |= {"find-links": wheels().as_uri(), "no-index": "1"}
    pip_env = {"PIP_" + name.upper().replace("-", "_"): value for name, value in kept.items()}
    pip_env |= {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INPUT": "1"}
    pip_env |= {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_PROGRESS_BAR": "off"}
    pip = [interpreter(venv), "-m", "pip", "install", "--no-deps"]
    uv = interpreter(venv).with_name("uv.exe" if os.name == "nt" else "uv")
    if not uv.exists() and lock_file("installer").exists():
        only = [*pip, "--require-hashes", "--retries=1", "-r", lock_file("installer")]
        logged(venv, only, {**env, **pip_env})
    uv_env = {
        PASSES[name]: value.replace(" ", ",") if name == "find-links" else value
        for name, value in kept.items()
        if PASSES[name]
    }
    uv_env |= {"UV_NO_CONFIG": "1", "UV_NO_PROGRESS": "1", "UV_PYTHON": str(interpreter(venv))}
    uv_env |= {"UV_INDEX_STRATEGY": "unsafe-best-match", "UV_PYTHON_DOWNLOADS": "never"}
    no_index = ["--no-index"] * (kept.get("no-index", "").lower() in ("1", "true", "yes", "on"))
    uv_pip = [uv, "pip", "install", "--no-deps", *no_index]
    found = (uv_pip, {**env, **uv_env}) if uv.exists() else None
    return (pip, {**env, **pip_env}), found


def theirs(venv, env):
    """A user's own settings of pip, by name: a mirror, proxy and certificates, and no others.

    Whatever would change what is installed or where (user, target, prefix, constraint, no-binary …)
    is left out.
    """
    wanted = [name for name in os.environ if name.startswith("PIP_") or name == "XDG_CONFIG_HOME"]
    asked = subprocess.run(
        [interpreter(venv), "-m", "pip", "config", "list"],
        env={**{name: os.environ[name] for name in wanted}, **env},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
    )
    found = re.findall(r"(?m)^(global|install|:env:)\.([\w-]+)=('.*'|\".*\")\s*$", asked.stdout)
    return {
        name: " ".join(ast.literal_eval(value).split())
        for _, name, value in sorted(found, key=lambda one: one[0] == ":env:")  # the last one rules
        if name in PASSES
    }


def logged(venv, command, env):
    """Run a program: return its exit code and what it said, which is kept in install.log too.

    Aloud go pip's packages, by twenties, and uv's large ones.
    """
    said, count = "", 0
    with (venv / "install.log").open("a", encoding="utf-8") as log:
        with subprocess.Popen(
            command,
            cwd=ROOT,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        ) as running:
            for line in running.stdout:
                log.write(line)
                said += line
                if line.startswith("Downloading ") and "MiB" in line:  # uv: the large ones
                    say(f"  downloading {line.split(None, 1)[1].strip()}")
                elif line.startswith(("Collecting ", "Processing ")):
                    count += 1
                    if count % 20 == 0:
                        say(f"  {count} packages found")
                elif line.startswith("Installing collected") and count > 1:
                    say(f"  unpacking {count} packages")
    return running.returncode, said


def pip_trouble(said):
    """What went wrong and what to do, from what pip printed."""
    found = (TROUBLES[words] for words in TROUBLES if re.search(words, said, re.IGNORECASE))
    return next(found, (said.strip() or "pip printed nothing").splitlines()[-1])


def ready(venv, lock, env):
    """Whether a folder was set up for a lock, and still has what the lock lists."""
    try:
        stamp = json.loads((venv / "ready.json").read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return stamp.get(lock) == fingerprint(lock) and installed(venv, lock, env)


def installed(venv, lock, env):
    """Whether a folder has what a lock lists for every system, and a Python that runs."""
    site = sysconfig.get_path("purelib", "venv", {"base": str(venv)})
    for name, version in locked(lock).items():
        found = next(iter(metadata.distributions(name=name, path=[site])), None)
        if found is None or found.version != version:
            return False
    try:
        return subprocess.run([interpreter(venv), "-c", ""], env=env).returncode == 0
    except OSError:
        return False


def locked(lock):
    """Versions by name, of what a lock lists for every system."""
    text = lock_file(lock).read_text("utf-8")
    return dict(re.findall(r"(?m)^([\w.-]+)==([^\s;]+) \\$", text))


def fingerprint(lock):
    """Of what decides what is installed: the lock, the package's description, Python, the place."""
    home = f"{sys.implementation.name} {sys.version_info[0]}.{sys.version_info[1]} in {ROOT}"
    parts = [lock_file(lock).read_bytes(), (ROOT / "pyproject.toml").read_bytes(), home.encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def lock_file(lock):
    return ROOT / "locks" / f"{lock}.txt"


def interpreter(venv):
    """The Python of an environment."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def say(words):
    print(words, file=sys.stderr, flush=True)


def told(path):
    """A path as messages give it."""
    return path.relative_to(ROOT) if ROOT in path.parents else path
