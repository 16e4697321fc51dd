"""What a cell's text says: the names it gives and uses, the question it answers."""

import ast
import builtins
import difflib
import re
from functools import lru_cache

MARKER = re.compile(r"(?im)^[\s#>*_\"'`/-]*your answer (?:to|for)(?: question)?\s*(\d+)\b.*$")
ALWAYS = frozenset(dir(builtins)) | {"get_ipython", "display", "In", "Out", "_", "__", "___"}


def tidy(text):
    """Return a text without blank lines, line-end blanks and fences, to compare it with another.

    Examples
    --------
    >>> tidy("```python\\nx = 1  \\n\\n```")
    'x = 1'
    """
    lines = (line.rstrip().replace("\ufeff", "") for line in text.split("\n"))
    return "\n".join(line for line in lines if line and not re.match(r"(```|~~~)\w*$", line))


def unfenced(text):
    """Return code that was put between fences, as in a text cell, without them."""
    return re.sub(r"(?m)^(```|~~~)\w*[ \t]*$\n?", "", text)


@lru_cache(4096)
def tree_of(code):
    """Return the syntax tree of a cell's code, magics left out; None if it is not Python."""
    plain = re.sub(r"(?m)^([ \t]*)[%!?].*$", r"\1pass", code)
    try:
        return ast.parse(plain)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def parses(code):
    """Say whether a cell's code is Python."""
    return tree_of(code) is not None


@lru_cache(4096)
def given(code):
    """Return the names to which a cell gives a value other than ``...``.

    Examples
    --------
    >>> sorted(given("a = 1\\nb = ...\\nfor c in range(3):\\n    d = c"))
    ['a', 'd']
    """
    return _assigned(code)[0]


@lru_cache(4096)
def left_open(code):
    """Return the names to which a cell gives ``...`` and nothing else."""
    values, dots = _assigned(code)
    return dots - values


def _assigned(code):
    tree, values, dots = tree_of(code), set(), set()
    if tree is None:
        for name, value in re.findall(r"(?m)^[ \t]*([A-Za-z_]\w*)[ \t]*[-+*/]?=(?!=)(.*)$", code):
            is_open = value.partition("#")[0].strip() in ("...", "…")
            (dots if is_open else values).add(name)
        return frozenset(values), frozenset(dots)
    for node in _outside_functions(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign | ast.NamedExpr):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = {
                part.id
                for target in targets
                for part in ast.walk(target)
                if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
            }
            value = node.value
            is_open = isinstance(value, ast.Constant) and value.value is ... or value is None
            (dots if is_open else values).update(names)
    return frozenset(values), frozenset(dots)


def _outside_functions(tree):
    waiting = list(tree.body)
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            waiting += ast.iter_child_nodes(node)


@lru_cache(4096)
def defined(code):
    """Return all names that a cell leaves behind: variables, functions, imports."""
    tree = tree_of(code)
    if tree is None:
        return given(code)
    names = set()
    for node in _outside_functions(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
    return frozenset(names)


@lru_cache(4096)
def needed(code):
    """Return the names that a cell uses and does not define itself."""
    tree = tree_of(code)
    if tree is None:
        return frozenset()
    used, inner = set(), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            (used if isinstance(node.ctx, ast.Load) else inner).add(node.id)
        elif isinstance(node, ast.arg):
            inner.add(node.arg)
    used |= set(re.findall(r"@(\w+)", code))  # as in .query("year == @start")
    return frozenset(used - inner - defined(code) - ALWAYS)


def split_at_markers(text):
    """Cut a text before each line “Your answer to question N”.

    Returns
    -------
    list of (int or None, str)
        The number, None for what stands before the first such line, and the text.

    Examples
    --------
    >>> split_at_markers("a = 1\\n# Your answer to question 2\\nb = 2")
    [(None, 'a = 1'), (2, '# Your answer to question 2\\nb = 2')]
    """
    marks = list(MARKER.finditer(text))
    ends = [mark.start() for mark in marks[1:]] + [len(text)] * bool(marks)
    first = text[: marks[0].start()] if marks else text
    parts = [(None, first.strip("\n"))] if first.strip() else []
    return parts + [
        (int(mark.group(1)), text[mark.start() : end].strip("\n"))
        for mark, end in zip(marks, ends, strict=True)
    ]


def cut_out(text, block):
    """Return a text without a block of lines that stands in it word for word; None if it does not.

    Examples
    --------
    >>> cut_out("x = 1\\nlook('x')\\ny = 2", "look('x')")
    'x = 1\\ny = 2'
    """
    lines = text.split("\n")
    bare = [line.rstrip() for line in lines]
    wanted = [line.rstrip() for line in block.strip("\n").split("\n")]
    for start in range(len(lines) - len(wanted) + 1):
        if bare[start : start + len(wanted)] == wanted:
            return "\n".join(lines[:start] + lines[start + len(wanted) :])
    return None


def own_lines(text, released):
    """Return the lines of a changed cell that are not the set's own: (added, altered).

    ``added`` are lines put between the set's; ``altered`` stand in place of some. A line cut in
    two at the beginning or the end of the text counts as the set's.

    Examples
    --------
    >>> own_lines("a = 1\\nnew = 2\\nb = 3", "a = 1\\nb = 3")
    ('new = 2', '')
    """
    theirs = [line.rstrip() for line in text.split("\n") if line.strip()]
    ours = [line.rstrip() for line in released.split("\n") if line.strip()]
    if theirs and theirs[0] not in ours and any(line.endswith(theirs[0]) for line in ours):
        theirs = theirs[1:]
    if theirs and theirs[-1] not in ours and any(line.startswith(theirs[-1]) for line in ours):
        theirs = theirs[:-1]
    added, altered = [], []
    steps = difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    for what, _, _, start, end in steps:
        if what == "insert":
            added += [line for line in theirs[start:end] if line not in ours]
        elif what == "replace":
            altered += [line for line in theirs[start:end] if line not in ours]
    return "\n".join(added), "\n".join(altered)


def likeness(one, other):
    """Return how alike two texts are, 0 to 1."""
    words, others = set(one.split()), set(other.split())
    if not words or not others or len(words & others) < 0.4 * max(len(words), len(others)):
        return 0.0
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


def is_prose(text):
    """Say whether a text is a paragraph rather than a remark: twelve words or more, not code.

    Examples
    --------
    >>> is_prose("x = 1"), is_prose("The yearbook counts raw grain, and " * 3)
    (False, True)
    """
    words = re.findall(r"[^\W\d_]{2,}|[\u4e00-\u9fff]{2}", text)
    return len(words) >= 12 and (not parses(text) or tidy(text).startswith(("#", '"', "'")))
