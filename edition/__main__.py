"""`python run.py book`: the lessons, tables and shelf as a site for a folder or a server."""

import argparse
import shutil
import sys
import tempfile
from io import StringIO
from pathlib import Path

from sphinx.application import Sphinx

from edition.html import marked
from edition.live.panel import MOST
from edition.pages import HERE, ROOT, write_pages
from edition.printed import browser, print_all


def main(words):
    """Read the command line, and build."""
    parser = argparse.ArgumentParser("run.py book", description=__doc__)
    parser.add_argument("folder", nargs="?", default="reading_edition", help="where to write it")
    parser.add_argument("--pdf", action="store_true", help="print it too, lessons and the whole")
    asked = parser.parse_args(words)
    target = (ROOT / asked.folder).resolve()
    if target.exists() and not (target / "searchindex.js").exists():
        sys.exit(f"{target.name} is there and is no reading edition: name another folder.")
    if asked.pdf:
        browser()
    build(target)
    if asked.pdf:
        print_all(target)
    print(f"Open {target.name}/index.html in a browser; it needs no network and no server.")


def build(target, most=MOST):
    """Write the site into a folder, in place of an older one.

    Parameters
    ----------
    target : Path
        Made if it is not there.
    most : int
        Settings at most of a panel that moves; see :func:`edition.live.settings.positions`.

    Raises
    ------
    SystemExit
        If Sphinx warns of anything, with its words.
    """
    with tempfile.TemporaryDirectory() as folder:
        source, site = Path(folder, "source"), Path(folder, "site")
        print("Writing the pages …", flush=True)
        write_pages(source, most)
        print("Laying them out …", flush=True)
        warnings = StringIO()
        settings = source, HERE, site, Path(folder, "trees"), "html"
        Sphinx(*settings, status=None, warning=warnings).build()
        if warnings.getvalue():
            sys.exit(f"The site was not made:\n{warnings.getvalue().replace(folder, '')}")
        for page in site.rglob("*.html"):
            page.write_text(marked(page.read_text("utf-8")), "utf-8")
        for spare in (*site.rglob("*.map"), site / ".buildinfo", site / "objects.inv"):
            spare.unlink(missing_ok=True)
        shutil.rmtree(target, ignore_errors=True)
        shutil.move(site, target)


if __name__ == "__main__":
    main(sys.argv[1:])
