"""Start a student's JupyterLab: first bring their copy up to date, and say what that did not reach.

The hub runs it under the student's account: where the class's repository is, then the options of
jupyterhub-singleuser.
"""

import logging
import os
import subprocess
import sys
from pathlib import Path

from nbgitpuller.pull import GitPuller
from updates import not_reached, page

HOME = Path.home()
COPY = HOME / "great-leap-forward"
NOTE = HOME / "updates.md"
LESSON = "great-leap-forward/notebooks/00_start_here.ipynb"
FAILED = """# No update today

Your copy of the notebooks could not be brought up to date; everything that you have is as you left
it. Show this to your teacher: {}

[To the lessons](great-leap-forward/notebooks/00_start_here.ipynb)
"""


def bring_up_to_date(repository):
    """Pull the class's repository; return a page for the student, or nothing to tell."""
    said = []
    try:
        for line in GitPuller(repository, str(COPY), branch="main").pull():
            said.append(line.strip())
        return page(not_reached(COPY))
    except subprocess.CalledProcessError:
        return FAILED.format(said[-1] if said else f"{repository} cannot be read.")
    except Exception as error:  # whatever it is, a student must get at their work
        logging.exception("no update")
        return FAILED.format(error)


def main(repository, *options):
    told = bring_up_to_date(repository)
    if told:
        NOTE.write_text(told, "utf-8")
    else:
        NOTE.unlink(missing_ok=True)
    os.environ["JUPYTERHUB_DEFAULT_URL"] = f"/lab/tree/{NOTE.name if told else LESSON}"
    import_without_node()
    from jupyterhub import singleuser

    sys.argv[1:] = options
    singleuser.main()


def import_without_node():
    """Import JupyterLab where it finds no Node: with it, yarn is asked something at each start."""
    path = os.environ["PATH"]
    os.environ["PATH"] = ""
    import jupyterlab.labapp  # noqa: F401

    os.environ["PATH"] = path


if __name__ == "__main__":
    main(*sys.argv[1:])
