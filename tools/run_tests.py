"""Run pytest with the options given, or without any every test: `python run.py test` calls this.

Every test means two halves side by side, which take about as long as each other.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTEST = [sys.executable, "-u", "-m", "pytest"]
APART = ["tests/marking", "tests/notebooks/test_browser.py"]
HALVES = {
    "parts, house and notebooks": ["glf_utils", "tests", "notebooks"]
    + [f"--ignore={path}" for path in APART],
    "marking and browser": APART,
}


def main(options):
    """Run pytest, or both halves; return the exit code."""
    if options:
        print(f"Running the tests with {' '.join(options)}.", flush=True)
        return subprocess.run([*PYTEST, *options], cwd=ROOT).returncode
    print("Running the tests in two halves side by side; about 11 minutes.", flush=True)
    codes = side_by_side({name: [*PYTEST, *words] for name, words in HALVES.items()})
    failed = [name for name, code in codes.items() if code]
    print(f"Failed: {', '.join(failed)}; see above." if failed else "Both halves passed.")
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
