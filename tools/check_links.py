"""Ask the web whether the pages that the project links to are still there; needs a network.

python tools/check_links.py

Looked at are lessons, Markdown and tables. A page that refuses robots (403, 429) is not counted as
gone, and links to the project's own place on GitHub are left out.
"""

import json
import re
import subprocess
import sys
import tempfile
from io import StringIO
from pathlib import Path

from sphinx.application import Sphinx

ROOT = Path(__file__).resolve().parents[1]
KINDS = (".md", ".ipynb", ".bib", ".csv")
LINK = re.compile(r"""https?://[^\s()<>\[\]{}"'|\\`]+(?:\([^\s()]*\))?[^\s()<>\[\]{}"'|\\`]*""")
OURS = re.compile(r"https://(mybinder\.org/|[\w.-]+\.github\.io/|127\.0\.0\.1|localhost)")
REFUSED = re.compile(r"\b(403|429)\b")


def links(paths):
    """The files in which each link stands.

    Parameters
    ----------
    paths : iterable of Path
        Below the project's folder.

    Returns
    -------
    dict of str to list of str
    """
    found = {}
    for path in paths:
        for link in set(LINK.findall(path.read_text("utf-8"))):
            if not OURS.match(link):
                found.setdefault(link.rstrip(".,;:"), []).append(path.name)
    return found


def answers(wanted, seconds=20):
    """What Sphinx's linkcheck says of each link: its status and why.

    Parameters
    ----------
    wanted : iterable of str
        Links.
    seconds : float
        How long to wait for one.

    Returns
    -------
    dict of str to tuple of str
    """
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder, "source"), Path(folder, "out")
        source.mkdir()
        lines = "".join(f"- `{n} <{link}>`__\n" for n, link in enumerate(wanted))
        (source / "index.rst").write_text(f"Links\n=====\n\n{lines}", "utf-8")
        settings = {
            "linkcheck_timeout": seconds,
            "linkcheck_retries": 2,
            "linkcheck_anchors": False,
        }
        where = source, None, out, Path(folder, "trees"), "linkcheck"
        Sphinx(*where, settings, status=None, warning=StringIO()).build()
        said = map(json.loads, (out / "output.json").read_text("utf-8").splitlines())
        return {one["uri"]: (one["status"], one["info"]) for one in said}


def main():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name.endswith(KINDS)]
    found = links(paths)
    print(f"Asking for {len(found)} pages: some minutes.", flush=True)
    gone = [
        f"{link} ({', '.join(found[link])}): {why}"
        for link, (status, why) in sorted(answers(found).items())
        if status in ("broken", "timeout") and not REFUSED.search(why)
    ]
    if gone:
        return "\n".join([*gone, f"{len(gone)} of {len(found)} links lead nowhere."])
    print("Every link leads somewhere.")


if __name__ == "__main__":
    sys.exit(main())
