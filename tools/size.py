"""Lines of Python in each folder, and how many of them hold code: `python tools/size.py`."""

import ast
import tokenize
from io import StringIO
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PLACES = (
    "glf_utils",
    "coursework/marking",
    "edition",
    "hub",
    "run.py",
    "locks",
    "tools",
    "benchmarks",
    "tests",
)
LAYOUT = {"COMMENT", "NL", "NEWLINE", "INDENT", "DEDENT", "ENDMARKER"}


def count(text):
    """Return the number of lines, and of those that are no docstring, comment or blank."""
    code = set()
    for token in tokenize.generate_tokens(StringIO(text).readline):
        if tokenize.tok_name[token.type] not in LAYOUT:
            code.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            code.difference_update(range(node.lineno, node.end_lineno + 1))
    return text.count("\n"), len(code)


if __name__ == "__main__":
    for place in PLACES:
        files = [ROOT / place] if place.endswith(".py") else [*(ROOT / place).rglob("*.py")]
        counts = [count(path.read_text("utf-8")) for path in files]
        lines, code = map(sum, zip(*counts, strict=True))
        print(f"{place:20}{len(files):4} files {lines:7,} lines {code:7,} of code")
