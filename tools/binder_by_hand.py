"""Act out the recipe of the Binder image, step by step, without Docker or conda: before a release.

python tools/binder_by_hand.py                  all lessons; about six minutes
python tools/binder_by_hand.py 00 42            these lessons

repo2docker writes the recipe. As it says go its variables, the order, copying, and what it runs as
the user, in the folders it names (bubblewrap shows them at these paths). Left out is what it runs
as root to set up Ubuntu. In place of conda stands pip: first the versions that repo2docker has
frozen for its base, then the ranges of environment.yml. So it tells nothing about conda's choice of
versions or its builds, about Ubuntu, or about the memory that Binder gives.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PREFIX, HOME = "/srv/conda/envs/notebook", "/home/jovyan"
NOT_OF_PYPI = ("python", "nodejs", "pip", "conda-forge", "nodefaults")
RENAMED = {"jupyterhub-singleuser": "jupyterhub", "matplotlib-base": "matplotlib"}
MAMBA = f"""#!/bin/bash -e
case "$1 $2" in
"env update") exec {PREFIX}/bin/python -m pip install --quiet -r /tmp/ranges.txt ;;
"list -p") {PREFIX}/bin/python -m pip list --format=freeze > /tmp/after.txt ;;
esac
"""
STEP = re.compile(r"(?m)^([A-Z]+) ((?:.*\\\n)*.*)$")


class Failed(Exception):
    """What a step said when it failed."""


class Image:
    """A folder that programs see as the image: its own /srv, /tmp and home, the rest read only."""

    def __init__(self, folder):
        self.folder, self.variables = Path(folder), {}
        for name in ("srv/conda/bin", "tmp", "home"):
            (self.folder / name).mkdir(parents=True)

    def run(self, words, where=HOME):
        """Run a program as the image's user; return what it said."""
        show = ["--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--tmpfs", "/home"]
        for name, path in {"srv": "/srv", "tmp": "/tmp", "home": HOME}.items():
            show += ["--bind", str(self.folder / name), path]
        settings = [w for pair in self.variables.items() for w in ("--setenv", *pair)]
        who = ["--unshare-user", "--uid", "1000", "--gid", "1000", "--clearenv", "--chdir", where]
        ran = subprocess.run(
            ["bwrap", *show, *who, *settings, *words], capture_output=True, text=True
        )
        if ran.returncode:
            raise Failed((ran.stdout + ran.stderr)[-3000:])
        return ran.stdout

    def expand(self, text):
        """A text of the recipe with its variables filled in."""
        return re.sub(r"\$\{(\w+)\}", lambda name: self.variables.get(name[1], ""), text)

    def base(self):
        """The environment that repo2docker begins with, from PyPI."""
        buildpack = Path(find_spec("repo2docker").origin).parent / "buildpacks" / "conda"
        tops = wishes((buildpack / f"environment.py-{python()}.yml").read_text("utf-8"))
        pins = [
            f"{RENAMED.get(name, name)}=={version}"
            for name, version in frozen().items()
            if name[0] != "_"
        ]
        (self.folder / "tmp" / "frozen.txt").write_text("\n".join(pins))
        mamba = self.folder / "srv/conda/bin/mamba"
        mamba.write_text(MAMBA)
        mamba.chmod(0o755)
        ours = wishes((ROOT / "environment.yml").read_text("utf-8"))
        (self.folder / "tmp" / "ranges.txt").write_text("\n".join(ours))
        self.run([sys._base_executable, "-m", "venv", PREFIX], "/")
        pip = [f"{PREFIX}/bin/python", "-m", "pip"]
        self.run([*pip, "install", "--quiet", "-c", "/tmp/frozen.txt", "setuptools", *tops], "/")
        (self.folder / "tmp" / "before.txt").write_text(self.run([*pip, "list", "--format=freeze"]))

    def copy(self, source, target):
        """Copy from the repository what a step copies."""
        if not target.startswith(HOME):
            raise Failed(f"The recipe copies to {target}, which is not under {HOME}.")
        to = self.folder / "home" / os.path.relpath(target, HOME)
        if source != "src/":
            shutil.copy(ROOT / source.removeprefix("src/"), to)
            return
        names = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
        for name in filter(None, names.split("\0")):
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, to / name)

    def act(self, word, rest, user):
        """Act out one step; return in how far it was as the recipe says."""
        if word == "ARG" and "=" in rest:
            name, _, value = rest.partition("=")
            self.variables[name] = self.expand(value)
            return "as it says"
        if word == "ENV":
            for name, value in re.findall(r'(\w+)=("[^"]*"|\S+)', rest):
                self.variables[name] = self.expand(value.strip('"'))
            return "as it says"
        if word == "RUN" and "install-base-env" in rest:
            self.base()
            return "pip for conda"
        if word == "RUN" and user != "root":
            self.run(["bash", "-c", rest])
            return "pip for conda" if "MAMBA_EXE" in rest else "as it says"
        if word == "COPY" and " src/" in rest:
            self.copy(*self.expand(rest).split()[-2:])
            return "as it says"
        return "left out"


def python():
    """The Python that environment.yml names."""
    return re.search(r"python=([\d.]+)", (ROOT / "environment.yml").read_text("utf-8"))[1]


def frozen():
    """Version by name of every package that the image holds before ours, as conda names it."""
    buildpack = Path(find_spec("repo2docker").origin).parent / "buildpacks" / "conda"
    lock = (buildpack / f"environment.py-{python()}-linux-64.lock").read_text("utf-8")
    return dict(re.findall(r"(?m)^\S+/([\w.-]+)-([^-\s]+)-[^-\s]+\.(?:conda|tar\.bz2)", lock))


def wishes(text):
    """What an environment.yml asks for, as pip would be asked."""
    lines = re.findall(r"(?m)^ *- ([\w-]+)([^\s#]*)", text)
    return [RENAMED.get(name, name) + bounds for name, bounds in lines if name not in NOT_OF_PYPI]


def recipe():
    """The steps of the Dockerfile that repo2docker writes: a word, and the rest."""
    asked = ["--no-build", "--debug", "--user-id", "1000", "--user-name", "jovyan", "."]
    ran = subprocess.run(
        [sys.executable, "-m", "repo2docker", *asked], cwd=ROOT, capture_output=True, text=True
    )
    if ran.returncode:
        raise Failed(ran.stderr[-3000:])
    whole = re.sub(r"(?m)^\s*#.*\n", "", ran.stdout)
    return [(word, re.sub(r"\\\n\s*", " ", rest)) for word, rest in STEP.findall(whole)]


def build(image):
    """Act out all steps, and say of each how long it took."""
    user = "root"
    image.variables |= {"NB_USER": "jovyan", "NB_UID": "1000", "PATH": os.defpath}
    for word, rest in recipe():
        begun, told = time.monotonic(), word in ("RUN", "COPY")
        if told:
            print(f"{word:5}{' '.join(rest.split())[:60]:62}", end="", flush=True)
        how = image.act(word, rest, user)
        if told:
            print(f"{how:14}{time.monotonic() - begun:6.1f} s", flush=True)
        if word == "USER":
            user = image.expand(rest)
    lists = [(image.folder / "tmp" / f"{when}.txt").read_text() for when in ("before", "after")]
    before, after = (dict(re.findall(r"(?m)^(\S+)==(\S+)", text)) for text in lists)
    added = sorted(set(after) - set(before))
    other = [name for name in before if after.get(name, before[name]) != before[name]]
    changed = [f"{name} {before[name]} > {after[name]}" for name in other]
    print(f"Beyond the base: {', '.join(added) or 'none'}")
    print(f"In another version than the base: {', '.join(changed) or 'none'}")


def lessons(image, wanted):
    """Run the lessons as Binder's readers do; return the numbers of those that fail."""
    failed = []
    for path in sorted((ROOT / "notebooks").rglob("*.ipynb"), key=lambda path: path.name):
        if wanted and path.name[:2] not in wanted or ".ipynb_checkpoints" in path.parts:
            continue
        begun, name = time.monotonic(), path.relative_to(ROOT).as_posix()
        print(f"{name:81}", end="", flush=True)
        words = ["jupyter", "nbconvert", "--to=notebook", "--execute", "--output-dir=/tmp/run"]
        try:
            image.run([*words, name])
        except Failed as said:
            failed.append(path.name[:2])
            print(said)
        print(f"{time.monotonic() - begun:6.1f} s", flush=True)
    return failed


def main(wanted):
    running = f"{sys.version_info[0]}.{sys.version_info[1]}"
    if running != python():
        return f"environment.yml wants Python {python()} and this is {running}: start it with that."
    if not shutil.which("bwrap"):
        return "This needs Linux with bubblewrap (Debian and Ubuntu: apt install bubblewrap)."
    with tempfile.TemporaryDirectory(prefix="binder-") as folder:
        image = Image(folder)
        try:
            build(image)
        except Failed as said:
            return f"{said}\nThis step of the recipe fails; what it said stands above."
        failed = lessons(image, wanted)
    if failed:
        return f"On Binder these lessons would stop: {', '.join(failed)}."
    print("The recipe was acted out and every lesson asked for ran.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
