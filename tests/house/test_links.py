"""tools/check_links.py finds every link, and tells one that leads somewhere from one that does not."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import check_links
import pytest


class Web(BaseHTTPRequestHandler):
    """A page that is there, one that refuses robots, and none else."""

    def do_GET(self):
        self.send_response({"/there": 200, "/refused": 403}.get(self.path, 404))
        self.end_headers()

    do_HEAD = do_GET

    def log_message(self, *words):
        pass


@pytest.fixture
def web():
    with ThreadingHTTPServer(("127.0.0.1", 0), Web) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_what_is_gone_is_told_from_what_is_there(web):
    said = check_links.answers([f"{web}/{name}" for name in ("there", "refused", "gone")])
    assert [said[f"{web}/{name}"][0] for name in ("there", "gone")] == ["working", "broken"]
    assert check_links.REFUSED.search(said[f"{web}/refused"][1])
    assert not check_links.REFUSED.search(said[f"{web}/gone"][1])


def test_links_are_found_as_they_are_written(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(
        "See [this](https://a.example/x_(y)), <https://b.example/z>. Or https://c.example/q?r=1.\n"
        "Not [ours](https://mybinder.org/v2/gh/OWNER/REPO/HEAD).\n"
    )
    assert set(check_links.links([page])) == {
        "https://a.example/x_(y)",
        "https://b.example/z",
        "https://c.example/q?r=1",
    }
