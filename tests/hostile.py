"""What a user's machine may hold that must not change what the notebooks show: the worst of it.

Each leak is a variable or a settings file that broke something in a comparable collection. Used by
tests/house/test_sealed.py one at a time, and by tests/lab.py all at once.
"""

import json
from pathlib import Path

RAISES = "raise ImportError('a module of the user is in the way')\n"
GONE = {
    "argv": ["/opt/gone/bin/python", "-m", "ipykernel_launcher"],
    "display_name": "Python 3",
    "language": "python",
}

FILES = {
    # an old notebook server, another root, a contents manager that is not installed
    "home/.jupyter/jupyter_notebook_config.py": "c.NotebookApp.notebook_dir = '/srv'\n"
    "c.NotebookApp.contents_manager_class = 'jupytext.TextFileContentsManager'\n",
    "home/.jupyter/jupyter_server_config.py": "c.ServerApp.root_dir = '/srv'\n"
    "c.ServerApp.preferred_dir = '/srv/nowhere'\nc.ServerApp.port = 1\n",
    "home/.jupyter/jupyter_server_config.json": json.dumps(
        {"ServerApp": {"contents_manager_class": "jupytext.TextFileContentsManager"}}
    ),
    "home/.jupyter/jupyter_lab_config.py": "c.LabApp.default_url = '/tree'\n"
    "c.ServerApp.base_url = '/me/'\n",
    "home/.jupyter/nbconvert_config.py": "c.ExecutePreprocessor.timeout = 0\n"
    "c.TemplateExporter.exclude_output = True\n",
    "home/.jupyter/nbgrader_config.py": "c.CourseDirectory.root = '/srv'\n",
    "home/.jupyter/lab/user-settings/@jupyterlab/apputils-extension/themes.jupyterlab-settings": '{"theme": "No Such Theme"}',
    # a kernel whose Python is gone
    "home/.local/share/jupyter/kernels/python3/kernel.json": json.dumps(GONE),
    "jupyter_path/kernels/python3/kernel.json": json.dumps(GONE),
    # IPython that starts with the user's own ways
    "home/.ipython/profile_default/ipython_config.py": "c.InteractiveShell.ast_node_interactivity = 'all'\n",
    "home/.ipython/profile_default/startup/00.py": "import numpy, pandas, warnings\n"
    "numpy.seterr(all='raise')\npandas.set_option('display.max_rows', 2)\n"
    "warnings.simplefilter('error')\nsum = round = max = None\n",
    # pictures without shape, letters by a LaTeX that is not there, a toolkit of ten years ago
    "home/.config/matplotlib/matplotlibrc": "text.usetex: True\nfont.family: SimHei\n",
    "mpl/matplotlibrc": "backend: Qt4Agg\ntext.usetex: True\nfigure.autolayout: True\n"
    "axes.titlesize: 30\n",
    # modules of another Python, and of our own names
    "pythonpath/numpy/__init__.py": RAISES,
    "pythonpath/typing_extensions.py": RAISES,
    "pythonpath/coursework.py": RAISES,
    "pythonpath/data.py": RAISES,
    "pythonpath/json.py": RAISES,
    "home/.local/lib/python3/usercustomize.py": RAISES,
    "startup.py": RAISES,
    # pip and uv that install elsewhere, nothing, or something else
    "pip.conf": "[global]\nrequire-virtualenv = true\nno-binary = :all:\n"
    "[install]\nuser = true\ntarget = /nowhere/else\n",
    "home/.config/pip/pip.conf": "[install]\nuser = true\n",
    "home/.config/uv/uv.toml": 'link-mode = "no such mode"\n',
    "constraint.txt": "seed==2.0\nnumpy==1.0\n",
    "file": "",
}

LEAKS = {
    "PYTHONPATH": "{}/pythonpath",
    "PYTHONHOME": "{}/nowhere",
    "PYTHONSTARTUP": "{}/startup.py",
    "PYTHONUSERBASE": "{}/home/.local",
    "PYTHONSAFEPATH": "1",
    "PYTHONOPTIMIZE": "2",
    "PYTHONWARNINGS": "error",
    "PYTHONUTF8": "0",
    "PYTHONCOERCECLOCALE": "0",
    "PYTHONIOENCODING": "ascii",
    "PYTHONPLATLIBDIR": "nowhere",
    "LC_ALL": "C",
    "LANG": "xx_XX.nonsense",
    "JUPYTER_PATH": "{}/jupyter_path",
    "JUPYTER_CONFIG_DIR": "{}/home/.jupyter",
    "JUPYTER_CONFIG_PATH": "{}/home/.jupyter",
    "JUPYTER_DATA_DIR": "{}/home/.local/share/jupyter",
    "JUPYTER_RUNTIME_DIR": "/nowhere/at/all",
    "JUPYTER_PLATFORM_DIRS": "1",
    "JUPYTER_PREFER_ENV_PATH": "0",
    "JUPYTER_PORT": "1",
    "JUPYTER_TOKEN": "theirs",
    "JUPYTERLAB_DIR": "{}/nowhere",
    "JUPYTERLAB_SETTINGS_DIR": "{}/home/.jupyter/lab/user-settings",
    "IPYTHONDIR": "{}/home/.ipython",
    "MPLCONFIGDIR": "{}/mpl",
    "MATPLOTLIBRC": "{}/mpl/matplotlibrc",
    "MPLBACKEND": "Qt4Agg",
    "PYTEST_ADDOPTS": "--no-such-option",
    "PIP_CONFIG_FILE": "{}/pip.conf",
    "PIP_USER": "1",
    "PIP_TARGET": "{}/elsewhere",
    "PIP_PREFIX": "{}/elsewhere",
    "PIP_ROOT": "{}/elsewhere",
    "PIP_DRY_RUN": "1",
    "PIP_CONSTRAINT": "{}/constraint.txt",
    "PIP_NO_BINARY": ":all:",
    "PIP_REQUIRE_VIRTUALENV": "1",
    "PIP_LOG": "{}/nowhere/log",
    "UV_CONFIG_FILE": "{}/home/.config/uv/uv.toml",
    "UV_CONSTRAINT": "{}/constraint.txt",
    "UV_EXCLUDE_NEWER": "1999-01-01",
    "UV_PROJECT_ENVIRONMENT": "{}/elsewhere",
    "VIRTUAL_ENV": "{}/elsewhere",
    "CONDA_PREFIX": "{}/elsewhere",
    "XDG_CONFIG_HOME": "{}/home/.config",
    "XDG_DATA_HOME": "{}/file/below/a/file",
    "XDG_CACHE_HOME": "{}/file/below/a/file",
    "HOME": "{}/home",
    "TMPDIR": "{}/no/such/folder",
}

BREAK_PYTHON = ("PYTHONHOME", "PYTHONPLATLIBDIR")
"""With these the user's own Python starts nothing, run.py included."""

PASS = ("HOME", "LANG", "LC_ALL")
"""What run.py hands on: where one's files are, and the language of other programs."""


def machine(folder):
    """Lay out such a machine in a folder; return its variables, by name.

    Parameters
    ----------
    folder : path
        Gets a home and whatever else the variables point at.

    Returns
    -------
    dict of str
        The leaks as they stand in ``os.environ``.
    """
    for name, text in FILES.items():
        file = Path(folder, name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return {name: value.format(folder) for name, value in LEAKS.items()}
