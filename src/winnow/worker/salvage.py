"""What can be parsed of a file of which a statement is no Python: all but that statement."""

from __future__ import annotations

import ast
import re
from bisect import bisect_left, bisect_right

FAULTS = 10
"""So many statements are left out of a file; a text with more is no Python at all."""
CHARACTERS = 1 << 18
"""A longer file is taken whole or not: it is parsed once more for each fault."""

# A line that begins a statement, unless it is in a string or in brackets.
_BEGINS = re.compile(r"(?![\s#)\]},;:]|(?:elif|else|except|finally|case)\b)")
_CONFLICT = re.compile(r"^<{7}(?: |$)", re.MULTILINE)
_COMPOUND = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.If, ast.For, ast.While, ast.With, ast.Try)


def salvage(source: str, label: str, faults: list[BaseException]) -> list[ast.stmt]:
    """The statements of a file that are Python; `faults` gets what Python says of the others.

    Where Python sees a fault it may have begun above, so only what is whole up to there is taken. A merge conflict has
    two versions, of which none is chosen.
    """
    lines = source.splitlines(keepends=True)
    starts = [number for number, line in enumerate(lines) if _BEGINS.match(line)]
    found: list[ast.stmt] = []
    at = 0
    for _ in range(FAULTS):
        try:
            return found + _parsed(lines, at, len(lines), label)
        except SyntaxError as error:
            faults.append(error)
            if error.lineno is None:
                return found
            error.lineno = fault = error.lineno + at
            if len(source) > CHARACTERS or _CONFLICT.search(source) or "triple-quoted" in error.msg:
                return found
        except BaseException as error:
            faults.append(error)
            return found
        above, below = _around(lines, starts, at, fault - 1)
        try:
            found += _parsed(lines, at, above, label)
        except SyntaxError:
            # A block that lacks its body is missed at the line below it.
            below, above = above, max(at, starts[max(0, bisect_left(starts, above) - 1)])
            try:
                found += _parsed(lines, at, above, label)
            except BaseException:
                return found
        found += _simple(lines, above, fault - 1, label)
        at = below
    return found


def _around(lines: list[str], starts: list[int], at: int, fault: int) -> tuple[int, int]:
    """Where the statement with a line begins, with its decorators, and where the next one does."""
    place = bisect_right(starts, fault)
    above = max(at, starts[place - 1] if place else at)
    while above > at and lines[above - 1].startswith("@"):
        above -= 1
    return above, starts[place] if place < len(starts) else len(lines)


def _parsed(lines: list[str], begin: int, end: int, label: str) -> list[ast.stmt]:
    tree = ast.parse("".join(lines[begin:end]), label)
    return ast.increment_lineno(tree, begin).body


def _simple(lines: list[str], begin: int, end: int, label: str) -> list[ast.stmt]:
    """What stands whole above the line with the fault, as an import above one that is indented; no part of a block."""
    try:
        nodes = _parsed(lines, begin, end, label)
    except BaseException:
        return []
    return [] if any(isinstance(node, _COMPOUND) for node in nodes) else nodes
