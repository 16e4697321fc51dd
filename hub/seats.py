"""Who may sit down, and what a seat is: an account, a port and a memory limit of its own."""

import csv
import hmac
import os
import pwd
import secrets
import signal
import sys
from pathlib import Path

from jupyterhub.auth import Authenticator
from jupyterhub.spawner import LocalProcessSpawner
from tornado.web import HTTPError
from traitlets import Unicode, validate

MB = 2**20
FIRST_PORT = 20000  # below 32768, from where Linux hands out ports to whoever asks
CONTROLLERS = Path("/sys/fs/cgroup/cgroup.controllers")  # of cgroup 2
MEMORY_GROUPS = Path("/sys/fs/cgroup/memory")  # of cgroup 1
FULL = "There is no room just now: wait until somebody has left, then try again."


class Slips(Authenticator):
    """The user is an identifier of the roster, the password is on the student's slip."""

    file = Unicode(help="slips.csv, as set_up.py writes it").tag(config=True)

    async def authenticate(self, handler, data):
        who, slip = (plain(data[name]) for name in ("username", "password"))
        with open(self.file, encoding="utf-8", newline="") as file:
            rows = {row["id"]: row for row in csv.DictReader(file)}
        row = rows.get(who, {"slip": secrets.token_hex()})
        right = hmac.compare_digest(row["slip"].encode(), slip.encode())
        return row["account"] if right else None


def plain(typed):
    """What somebody typed, as set_up.py writes it: no capitals and no spaces."""
    return "".join(typed.lower().split())


class LimitedProcess(LocalProcessSpawner):
    """Without systemd: a server as a child of the hub, in a memory group of its own."""

    @property
    def group(self):
        return MEMORY_GROUPS / "class-hub" / self.user.name

    def make_preexec_fn(self, name):
        self.group.mkdir(parents=True, exist_ok=True)
        (self.group / "memory.limit_in_bytes").write_text(str(self.mem_limit))
        become = super().make_preexec_fn(name)

        def sit_down():
            (self.group / "cgroup.procs").write_text("0")
            Path("/proc/self/oom_score_adj").write_text("300")
            become()

        return sit_down

    async def stop(self, now=False):
        await super().stop(now)
        processes = self.group / "cgroup.procs"
        for left in processes.read_text().split() if processes.exists() else ():
            os.kill(int(left), signal.SIGKILL)


def limited():
    """The spawner whose memory limit holds on this machine; without one the hub does not start."""
    if Path("/run/systemd/system").is_dir():
        if CONTROLLERS.exists() and "memory" in CONTROLLERS.read_text().split():
            from systemdspawner import SystemdSpawner

            return SystemdSpawner
    elif os.access(MEMORY_GROUPS / "cgroup.procs", os.W_OK):
        return LimitedProcess
    sys.exit(
        "This machine cannot limit a student's memory, so one could end everybody's work: the hub "
        "needs systemd with cgroup 2 (Debian 11, Ubuntu 22.04 or newer), or memory groups in "
        f"{MEMORY_GROUPS}."
    )


class Seat(limited()):
    """A student's own account, under a memory limit, and always on the same port."""

    @validate("port")
    def _own(self, proposal):
        return FIRST_PORT + pwd.getpwnam(self.user.name).pw_uid % 10000

    async def start(self):
        if available() < self.mem_limit:
            raise HTTPError(429, FULL)  # templates/429.html says it at length
        return await super().start()


def available():
    """Bytes of memory that can still be had, by the kernel's own estimate."""
    lines = Path("/proc/meminfo").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("MemAvailable")) * 1024


def room(each, spared):
    """How many seats this machine has memory for.

    Parameters
    ----------
    each : float
        MB that a student takes, by measurement.
    spared : float
        MB for the hub and the system.

    Returns
    -------
    int
        One at least.
    """
    whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / MB
    return max(1, int((whole - spared) / each))
