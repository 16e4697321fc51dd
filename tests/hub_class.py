"""A class on a real JupyterHub, and students who work on it; for the tests and benchmarks.

It needs Linux, root and the hub in /opt/class-hub, as `python3 hub/set_up.py` makes it. Accounts,
processes and folders go when the class is dismissed.
"""

import csv
import json
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from contextlib import suppress
from pathlib import Path

import requests
import websocket

ROOT = Path(__file__).resolve().parents[1]
HUB = Path("/opt/class-hub")
MEMORY = Path("/sys/fs/cgroup/memory/class-hub")
PATH = f"{HUB}/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def lacking():
    """Why no class can be held here; None where one can."""
    if not sys.platform.startswith("linux") or os.geteuid():
        return "a class on a hub wants accounts, so Linux and root"
    if not (HUB / "bin/jupyterhub").exists():
        return f"no hub in {HUB}: /usr/bin/python3 hub/set_up.py makes it"
    return None


def until(done, seconds):
    """Ask again until it is so; what cannot be reached yet is not so."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if done():
                return
        except requests.RequestException:
            pass
        time.sleep(0.1)
    raise AssertionError(f"not within {seconds} s")


def free(*ports):
    """Whether nobody listens on any of these."""
    for port in ports:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return False
    return True


class Classroom:
    """A roster's accounts, a published repository and a hub, in a folder of their own."""

    def __init__(self, ids, seats):
        self.folder = Path(tempfile.mkdtemp(prefix="class-"))
        self.folder.chmod(0o711)  # other accounts pass through it
        self.srv, self.course = self.folder / "srv", self.folder / "course"
        self.ids = ids
        first = 30000 + os.getpid() % 800 * 3  # another class may be looking for ports as well
        port = next(port for port in range(first, 32760, 3) if free(port, port + 1, port + 2))
        self.address = f"http://127.0.0.1:{port}"
        self.env = {
            "PATH": PATH,
            "HOME": "/root",
            "LANG": "C.UTF-8",
            "CLASS_FOLDER": str(self.srv),
            "CLASS_ADDRESS": self.address,
            "CLASS_SEATS": str(seats),
        }
        self.process = None

    def set_up(self):
        """As a teacher does it: the roster, the accounts, what `coursework build` packs."""
        self.course.mkdir()
        (self.course / "roster.csv").write_text("id\n" + "\n".join(self.ids), "utf-8")
        self.hub("set_up.py")
        with (self.srv / "slips.csv").open(encoding="utf-8", newline="") as file:
            self.slips = {row["id"]: row["slip"] for row in csv.DictReader(file)}
        for source in (ROOT / "coursework/sets").glob("ps1/*.ipynb"):
            released = self.course / "release/ps1" / source.name
            released.parent.mkdir(parents=True)
            shutil.copy(source, released)
        self.publish()

    def publish(self):
        """Pack what students are given, with the release as it is now, and publish it."""
        from coursework.marking.nbgrader_runs import pack

        pack(self.course)
        return self.hub("publish.py")

    def hub(self, program):
        words = ["/usr/bin/python3", ROOT / "hub" / program, "--class", self.course]
        words += ["--srv", self.srv]
        done = subprocess.run(words, env=self.env, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def open(self):
        words = [HUB / "bin/jupyterhub", "-f", HUB / "hub/jupyterhub_config.py"]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                words, env=self.env, cwd=self.srv / "state", stdout=log, stderr=log
            )
        page = f"{self.address}/hub/login"
        until(lambda: self.process.poll() is not None or requests.get(page, timeout=5).ok, 120)
        assert self.process.poll() is None, (self.folder / "log").read_text()[-3000:]

    def close(self):
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(30)

    def dismiss(self):
        """End the hub and every process of these students; take away accounts and folders."""
        self.close()
        proxy = self.srv / "state/proxy.pid"
        if proxy.exists():  # a hub that came to grief leaves it
            with suppress(ProcessLookupError):
                os.kill(int(proxy.read_text()), signal.SIGTERM)
        for account in (f"s-{one}" for one in self.ids):
            try:
                person = pwd.getpwnam(account)
            except KeyError:
                continue
            if person.pw_dir.startswith(f"{self.srv}/"):
                until(lambda uid=person.pw_uid: not end_processes_of(uid), 20)
                subprocess.run(["userdel", account], check=True, capture_output=True)
            group = MEMORY / account
            if group.exists():
                until(lambda group=group: not (group / "cgroup.procs").read_text(), 10)
                group.rmdir()
        with suppress(OSError):  # somebody else's class sits there too
            MEMORY.rmdir()
        shutil.rmtree(self.folder)


def end_processes_of(uid):
    """Kill what runs under an account; return what there was to kill."""
    found = []
    for path in Path("/proc").iterdir():
        try:
            if path.name.isdigit() and path.stat().st_uid == uid:
                found.append(path.name)
                os.kill(int(path.name), signal.SIGKILL)
        except OSError:
            pass  # it has ended
    return found


class Student:
    """Somebody who logs in with a browser's requests, and works on the server that starts."""

    def __init__(self, classroom, who, slip=None):
        self.classroom, self.who, self.account = classroom, who, f"s-{who}"
        self.base = f"{classroom.address}/user/{self.account}"
        self.session = requests.Session()
        page = self.session.get(f"{classroom.address}/hub/login", timeout=60).text
        typed = {
            "username": who,
            "password": slip or classroom.slips[who],
            "_xsrf": re.search(r'name="_xsrf" value="([^"]*)"', page)[1],
        }
        self.landed = self.session.post(
            f"{classroom.address}/hub/login?next=%2Fhub%2F", data=typed, timeout=60
        )

    def sit_down(self, seconds=120):
        """Wait for the server."""

        def there():
            if "/user/" in self.landed.url.removeprefix(self.classroom.address)[:6]:
                return True
            pending = f"{self.classroom.address}/hub/spawn-pending/{self.account}"
            self.landed = self.session.get(pending, timeout=60)
            assert self.landed.status_code < 400, self.landed.text
            return False

        until(there, seconds)
        cookies = [one for one in self.session.cookies if one.path.startswith("/user/")]
        token = next(one.value for one in cookies if one.name == "_xsrf")
        self.session.headers["X-XSRFToken"] = token
        return self

    def api(self, method, path, **more):
        answer = self.session.request(method, f"{self.base}/api/{path}", timeout=120, **more)
        assert answer.ok, f"{answer.status_code} {answer.text}"
        return answer

    def read(self, path):
        return self.api("GET", f"contents/{path}").json()["content"]

    def write(self, path, notebook):
        model = {"type": "notebook", "format": "json", "content": notebook}
        self.api("PUT", f"contents/{path}", json=model)

    def stand_up(self):
        """Stop the server, as from the hub's control panel."""
        address = f"{self.classroom.address}/hub/api/users/{self.account}/server"
        self.session.get(f"{self.classroom.address}/hub/home", timeout=60)
        cookies = {one.path: one.value for one in self.session.cookies if one.name == "_xsrf"}
        headers = {"X-XSRFToken": cookies["/hub/"]}
        answer = self.session.delete(address, headers=headers, timeout=60)
        assert answer.ok, answer.text

    def start_kernel(self, folder="great-leap-forward/notebooks"):
        started = self.api("POST", "kernels", json={"name": "python3", "path": folder})
        self.kernel = started.json()["id"]
        return self

    def run(self, *cells, seconds=300):
        """Run cells in the kernel, one after the other, and return what they print."""
        jar = [one for one in self.session.cookies if one.path in ("/", f"/user/{self.account}/")]
        channels = f"{self.base}/api/kernels/{self.kernel}/channels".replace("http", "ws", 1)
        socket = websocket.create_connection(
            channels,
            cookie="; ".join(f"{one.name}={one.value}" for one in jar),
            header={"X-XSRFToken": self.session.headers["X-XSRFToken"]},
            suppress_origin=True,
            timeout=seconds,
        )
        said, requests_sent = [], {uuid.uuid4().hex: code for code in cells}
        for name, code in requests_sent.items():
            socket.send(json.dumps(request(name, code)))
        left = {(name, end) for name in requests_sent for end in ("execute_reply", "idle")}
        while left:  # what a cell prints may come after its reply, never after it is idle
            received = socket.recv()
            if isinstance(received, bytes):
                continue
            message = json.loads(received)
            kind, content = message["msg_type"], message["content"]
            name = message["parent_header"].get("msg_id")
            if kind == "stream":
                said.append(content["text"])
            elif kind == "status":
                left.discard((name, content["execution_state"]))
                if content["execution_state"] in ("restarting", "dead"):
                    socket.close()
                    raise KernelEnded(self.account)
            elif kind == "execute_reply" and name in requests_sent:
                left.discard((name, kind))
                assert content["status"] == "ok", content
        socket.close()
        return "".join(said)


class KernelEnded(Exception):
    """The kernel died while it ran."""


def request(name, code):
    header = {"msg_id": name, "msg_type": "execute_request", "version": "5.3"}
    header |= {"username": "", "session": "class", "date": ""}
    content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}}
    content |= {"allow_stdin": False, "stop_on_error": True}
    message = {"header": header, "parent_header": {}, "metadata": {}, "content": content}
    return message | {"channel": "shell", "buffers": []}


def code_of(notebook):
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    return ["".join(cell["source"]) for cell in cells]
