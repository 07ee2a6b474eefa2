"""Other ways to write an exercise, from the course's right answers: what `winnow compare` shows whoever has passed.

Of `<exercise>_right.py` the first whose docstring says what is peculiar about them, and what they need to run.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from winnow.course import CourseError, Exercise
from winnow.learner.state import Way, Ways

FEWEST, MOST = 2, 3
"""Of those without a docstring as many as are needed for the first of these numbers."""


def ways(exercise: Exercise) -> Ways | None:
    """The other ways; None where the course has none.

    Raises:
        CourseError: the file of right answers cannot be read.
    """
    path = exercise.right_answers
    if not path.is_file():
        return None
    try:
        text = path.read_text(encoding="utf-8")
        tree = ast.parse(text)
    except (OSError, SyntaxError, ValueError) as error:
        raise CourseError(f"{path.relative_to(exercise.root).as_posix()} cannot be read: {error}") from None
    found = [
        node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
    ]
    documented = [node for node in found if ast.get_docstring(node)]
    others = [node for node in found if node not in documented]
    chosen = documented[:MOST] + others[: max(FEWEST - len(documented), 0)]
    lines = text.splitlines()
    shared = "\n".join(_joined(lines, _needed(tree, chosen)))
    made: list[Way] = [{"says": _says(node), "code": "\n".join(_code(lines, node))} for node in chosen]
    return {"shared": shared, "ways": made} if made else None


def _says(node: ast.FunctionDef | ast.ClassDef) -> str:
    """What is peculiar about it: its docstring, else what its name says of its style."""
    if documented := ast.get_docstring(node):
        return " ".join(documented.split())
    style = node.name.rpartition("_by_")[2].replace("_", " ")
    return f"By {style}."


def _needed(tree: ast.Module, chosen: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """The imports and helpers that these use, and what those use, in the order of the file."""
    makers = {name: node for node in tree.body for name in _names(node)}
    wanted: list[ast.stmt] = list(chosen)
    for node in wanted:
        for part in ast.walk(node):
            made = makers.get(part.id) if isinstance(part, ast.Name) else None
            if made is not None and made not in wanted:
                wanted.append(made)
    return (node for node in tree.body if node in wanted and node not in chosen)


def _names(node: ast.stmt) -> Iterator[str]:
    """What a statement of a file defines."""
    match node:
        case ast.Import() | ast.ImportFrom():
            yield from ((alias.asname or alias.name).partition(".")[0] for alias in node.names)
        case ast.FunctionDef() | ast.ClassDef():
            yield node.name
        case ast.Assign():
            yield from (one.id for target in node.targets for one in ast.walk(target) if isinstance(one, ast.Name))


def _joined(lines: list[str], nodes: Iterable[ast.stmt]) -> Iterator[str]:
    """The statements, with a blank line around definitions."""
    before: ast.stmt | None = None
    for node in nodes:
        if before is not None and not (isinstance(node, _IMPORTS) and isinstance(before, _IMPORTS)):
            yield ""
        yield from _code(lines, node)
        before = node


_IMPORTS = (ast.Import, ast.ImportFrom)


def _code(lines: list[str], node: ast.stmt) -> Iterator[str]:
    """The lines of a statement, without the docstring, which is told beside it."""
    start, left_out = node.lineno, range(0)
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        start = min([start, *(one.lineno for one in node.decorator_list)])
        if ast.get_docstring(node) is not None and len(node.body) > 1:
            left_out = range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1)
            if not lines[left_out.stop - 1].strip():
                left_out = range(left_out.start, left_out.stop + 1)
    for number in range(start, (node.end_lineno or start) + 1):
        if number not in left_out:
            yield lines[number - 1]
