"""Run pytest with the options given, or without any every test: `python run.py test` calls this.

Every test means three belts side by side: each waits at times for what it has started.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTEST = [sys.executable, "-u", "-m", "pytest"]
APART = {
    "marking": ["tests/marking"],
    "house, browser, lessons run": ["tests/house", "tests/notebooks/test_browser.py", "notebooks"],
}
BELTS = {
    "parts": ["glf_utils", "tests"]
    + [f"--ignore={path}" for paths in APART.values() for path in paths],
    **APART,
}


def main(options):
    """Run pytest, or all belts; return the exit code."""
    if options:
        print(f"Running the tests with {' '.join(options)}.", flush=True)
        return subprocess.run([*PYTEST, *options], cwd=ROOT).returncode
    print("Running the tests in three belts side by side; about 13 minutes.", flush=True)
    codes = side_by_side({name: [*PYTEST, *words] for name, words in BELTS.items()})
    failed = [name for name, code in codes.items() if code]
    print(f"Failed: {', '.join(failed)}; see above." if failed else "All belts passed.")
    return 1 if failed else 0


def side_by_side(commands):
    """Run commands all at once: the first aloud, the others' words after it; return their codes."""
    runs, codes = {}, {}
    for name, command in commands.items():
        said = tempfile.TemporaryFile() if runs else None
        runs[name] = said, subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=said)
    try:
        for name, (said, running) in runs.items():
            codes[name] = running.wait()
            if said:
                said.seek(0)
                print(f"\n{name}:\n{said.read().decode('utf-8', 'replace')}", flush=True)
    finally:
        for said, running in runs.values():
            if running.poll() is None:
                running.terminate()
            if said:
                said.close()
    return codes


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("Stopped.")
