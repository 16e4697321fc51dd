"""Make what a class needs on a Linux machine; as root, and again whenever the roster changes.

    sudo python3 hub/set_up.py

installs the hub, and gives each student of coursework/class/roster.csv an account, folders and a
slip. Without a roster the hub is installed alone.

Options: --class FOLDER  where the coursework's class lies (coursework/class)
         --srv FOLDER    where the hub keeps the class (/srv/class)
         --hub FOLDER    where the hub is installed (/opt/class-hub)
"""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.dont_write_bytecode = True  # nothing of root's into the project
ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from locks import install  # noqa: E402
from locks.install import Stop, interpreter, say  # noqa: E402
from run import environment  # noqa: E402

PROXY = "configurable-http-proxy"
PROXY_VERSION = "5.1.0"  # the last that runs on Node 18, which Debian 12 and Ubuntu 24.04 have
NPM = ["--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1", "--fetch-timeout=60000"]
NPM_PASSES = ("NODE_EXTRA_CA_CERTS", "npm_config_registry")  # certificates and a mirror of a user's
SERVICE = "class-hub.service"
RUN_BY_THE_HUB = ("jupyterhub_config.py", "seats.py", "start_seat.py", "updates.py")


def main(words):
    parser = argparse.ArgumentParser(
        "set_up.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--class", dest="course", type=Path, default=ROOT / "coursework/class")
    parser.add_argument("--srv", type=Path, default=Path("/srv/class"))
    parser.add_argument("--hub", type=Path, default=Path("/opt/class-hub"))
    asked = parser.parse_args(words)
    if not sys.platform.startswith("linux") or os.geteuid():
        raise Stop("This makes accounts, so it needs Linux and root: put sudo before the command.")
    lacking = [name for name in ("git", "node", "npm") if not shutil.which(name)]
    if lacking:
        raise Stop(f"{' and '.join(lacking)} not found: apt install git nodejs npm python3-venv")
    os.umask(0o022)  # students read what is made here
    hub = asked.hub.absolute()
    env = {**environment(hub, hub / "state"), "PYTHONDONTWRITEBYTECODE": "1"}
    install_hub(hub, env)
    install_proxy(hub, env)
    write_settings(hub)
    say(f"The hub is installed in {hub}.")
    if not (asked.course / "roster.csv").exists():
        say(f"There is no {asked.course / 'roster.csv'} yet, so nobody got an account.")
        return 0
    program = [interpreter(hub), ROOT / "hub/accounts.py", asked.course, asked.srv]
    return subprocess.run(program, env=env).returncode


def install_hub(hub, env):
    """Fill the hub's folder with what locks/hub.txt lists, unless it holds that."""
    if install.installed(hub, "hub", env):
        return
    python = os.path.realpath(sys.executable)
    tried = ["runuser", "-u", "nobody", "--", python, "-c", ""]
    if subprocess.run(tried, capture_output=True).returncode:
        raise Stop(f"Students could not run {python}: give the command with /usr/bin/python3.")
    hub.parent.mkdir(parents=True, exist_ok=True)
    with install.old_one_aside(hub):
        install.make_venv(hub, env)
        install.fetch(hub, env, ["--require-hashes", "-r", install.lock_file("hub")])


def install_proxy(hub, env):
    """Fetch the proxy through which students come, from npm."""
    described = hub / "lib/node_modules" / PROXY / "package.json"
    if described.exists() and f'"version": "{PROXY_VERSION}"' in described.read_text("utf-8"):
        return
    words = ["npm", "install", "--global", "--prefix", hub, *NPM, f"{PROXY}@{PROXY_VERSION}"]
    passed = {name: os.environ[name] for name in NPM_PASSES if name in os.environ}
    failed, _ = install.logged(hub, words, env | passed)
    if failed:
        raise Stop(f"npm could not fetch {PROXY}; the end of {hub / 'install.log'} says why.")


def write_settings(hub):
    """Put what the hub runs, and what students' servers read, into the hub's folder."""
    shutil.copytree(ROOT / "hub/settings", hub, dirs_exist_ok=True)
    shutil.copytree(ROOT / "hub/templates", hub / "hub/templates", dirs_exist_ok=True)
    for name in RUN_BY_THE_HUB:
        shutil.copy(ROOT / "hub" / name, hub / "hub")
    if hub == Path("/opt/class-hub") and Path("/run/systemd/system").is_dir():
        shutil.copy(ROOT / "hub" / SERVICE, "/etc/systemd/system")
        subprocess.run(["systemctl", "daemon-reload"], check=True)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (Stop, OSError) as trouble:
        sys.exit(str(trouble))
