"""Run notebooks again and store what they show, without what changes from run to run.

python tools/refresh_notebooks.py [notebook ...]      all of them, if none is named
"""

import json
import sys
from pathlib import Path

VIEW = "application/vnd.jupyter.widget-view+json"
ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from lesson_minutes import NOTEBOOKS  # noqa: E402

import run  # noqa: E402  sets up .venv and starts its Python

VENV = ROOT / ".venv"
STATE = run.state_folder(VENV)
ENV = run.environment(VENV, STATE)
CONVERT = [run.interpreter(VENV), "-m", "nbconvert", "--to=notebook", "--execute", "--inplace"]
CONVERT += ["--log-level=ERROR", "--ExecutePreprocessor.record_timing=False"]
CONVERT += ["--ExecutePreprocessor.kernel_name=python3"]


def refresh(names):
    """Run the notebooks, the named or all, and put each back only if it ran to its end."""
    STATE.mkdir(parents=True, exist_ok=True)
    for path in [Path(name).resolve() for name in names] or NOTEBOOKS:
        if not path.is_file():
            raise run.Stop(f"There is no notebook {path}.")
        run.say(f"Running {path.name}.")
        if run.start([*CONVERT, path], ENV, STATE / "refresh.log"):
            raise run.Stop(f"{path.name} did not run to its end and was left as it was.")
        path.write_bytes(tidy(path.read_text("utf-8")).encode("utf-8"))
    return 0


def tidy(text):
    """The notebook without what changes from run to run: timings, versions, and into how many
    pieces a cell's printed text was cut; and without widgets, which are dead when stored."""
    notebook = json.loads(text)
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    notebook["metadata"] = {"kernelspec": kernel, "language_info": {"name": "python"}}
    for cell in notebook["cells"]:
        kept = ("tags", "jupyter", "editable", "deletable")
        cell["metadata"] = {key: cell["metadata"][key] for key in kept if key in cell["metadata"]}
        cell.update({"outputs": joined(cell["outputs"])} if "outputs" in cell else {})
        for output in cell.get("outputs", ()):
            output.get("data", {}).pop(VIEW, None)
    return json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def joined(outputs):
    """A cell's outputs, neighbouring pieces of one stream in one."""
    whole = []
    for output in outputs:
        last = whole[-1] if whole else {}
        if output["output_type"] == "stream" and output["name"] == last.get("name"):
            text = "".join(last["text"]) + "".join(output["text"])
            whole[-1] = {**last, "text": text.splitlines(keepends=True)}
        else:
            whole.append(output)
    return whole


if __name__ == "__main__":
    try:
        run.set_up(VENV, "readers", ENV)
        sys.exit(refresh(sys.argv[1:]))
    except run.Stop as stop:
        sys.exit(str(stop))
