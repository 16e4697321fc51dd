"""A class on one Linux machine; README.md tells how."""

import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

HERE, BIN = Path(__file__).resolve().parent, Path(sys.executable).parent
sys.path.append(str(HERE))
from seats import Seat, Slips, room  # noqa: E402

CLASS = Path(os.environ.get("CLASS_FOLDER", "/srv/class"))
ADDRESS = os.environ.get("CLASS_ADDRESS", "http://127.0.0.1:8000")
PORT = urlsplit(ADDRESS).port or {"http": 80, "https": 443}[urlsplit(ADDRESS).scheme]

c = get_config()  # noqa: F821
c.JupyterHub.bind_url, c.JupyterHub.hub_port = ADDRESS, PORT + 2
c.JupyterHub.ssl_cert = os.environ.get("CLASS_CERTIFICATE", "")
c.JupyterHub.ssl_key = os.environ.get("CLASS_KEY", "")
c.JupyterHub.db_url = f"sqlite:///{CLASS}/state/hub.sqlite"
c.JupyterHub.cookie_secret_file = f"{CLASS}/state/cookie_secret"
c.JupyterHub.template_paths = [str(HERE / "templates")]
c.JupyterHub.template_vars = {"announcement_login": "Username: your id. Password: on your slip."}
c.ConfigurableHTTPProxy.command = str(BIN / "configurable-http-proxy")
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{PORT + 1}"
c.ConfigurableHTTPProxy.pid_file = f"{CLASS}/state/proxy.pid"

c.JupyterHub.authenticator_class, c.Slips.file = Slips, f"{CLASS}/slips.csv"
c.Authenticator.allow_all = True  # who has a slip: Slips asks the file at each login

c.JupyterHub.spawner_class = Seat
c.Spawner.mem_limit = os.environ.get("CLASS_MEMORY", "768M")  # of a student's processes together
c.JupyterHub.active_server_limit = int(os.environ.get("CLASS_SEATS", room(each=350, spared=1000)))
c.JupyterHub.concurrent_spawn_limit = 0  # thirty at once wait for their turn, and see no error
c.Spawner.start_timeout, c.Spawner.http_timeout = 300, 120  # seconds; so long on two cores
c.JupyterHub.cleanup_servers = False  # students work on while the hub is started again
c.SystemdSpawner.unit_name_template = "class-{USERNAME}"
c.SystemdSpawner.isolate_tmp = True
c.SystemdSpawner.unit_extra_properties = {
    "OOMPolicy": "continue",  # the kernel that took too much ends, JupyterLab stays
    "OOMScoreAdjust": "300",  # the hub and the system last
    "MemorySwapMax": "0",
}

c.Spawner.cmd = [sys.executable, str(HERE / "start_seat.py"), f"file://{CLASS}/great-leap-forward"]
c.Spawner.environment = {
    "GIT_CONFIG_SYSTEM": f"{CLASS}/gitconfig",
    "JUPYTER_RUNTIME_DIR": lambda seat: f"{CLASS}/run/{seat.user.name}",
}
c.Spawner.args = [
    "--KernelManager.transport=ipc",  # over TCP thirty at once take one another's ports
    "--ServerApp.jpserver_extensions=jupyter_lsp=False",
    "--LabApp.extension_manager=readonly",
]
c.JupyterHub.services = [
    {"name": "culler", "command": [str(BIN / "jupyterhub-idle-culler"), "--timeout=3600"]}
]
scopes = ["list:users", "read:users:activity", "read:servers", "delete:servers"]
c.JupyterHub.load_roles = [{"name": "culler", "services": ["culler"], "scopes": scopes}]
