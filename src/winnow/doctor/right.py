"""Right answers in other styles: `<exercise>_right.py`. Each is graded as an answer, and held against the reference.

What is called `FUNCTION_by_STYLE` takes the place of the function; a public class takes the place of all functions that
its body defines or assigns, which are called without an instance. What they do not define is the reference's.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from winnow.course import CourseError, Exercise


@dataclass(frozen=True)
class Right:
    """One right answer: its style, and for each function the name in the file of what stands for it."""

    style: str
    places: dict[str, str]


def read(exercise: Exercise) -> list[Right]:
    """The right answers of an exercise, read from their text; none when there is no such file.

    Raises:
        CourseError: the file cannot be read, or something public in it stands for no function.
    """
    path = exercise.right_answers
    if not path.is_file():
        return []
    where = path.relative_to(exercise.root)
    try:
        tree = ast.parse(path.read_bytes(), str(path))
    except (OSError, SyntaxError, ValueError) as error:
        raise CourseError(f"{where} cannot be read: {error}") from None
    return list(_read(tree, exercise.functions, str(where)))


def _read(tree: ast.Module, functions: tuple[str, ...], where: str) -> Iterator[Right]:
    for node in tree.body:
        name = _name(node)
        if not name or name.startswith("_"):
            continue
        if isinstance(node, ast.ClassDef):
            inside = set(bound(node))
            places = {one: f"{name}.{one}" for one in functions if one in inside}
            style = name
        else:
            function, _, style = name.partition("_by_")
            places = {function: name} if function in functions and style else {}
        if not places:
            wanted = ", ".join(f"{name}_by_STYLE" for name in functions)
            raise CourseError(f"{where}: {name} is neither {wanted} nor a class with one; begin helpers with _")
        yield Right(style, places)


def _name(node: ast.stmt) -> str:
    """What a statement defines that may be a right answer: a function, a class, or `FUNCTION_by_STYLE = ...`."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return node.name
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and "_by_" in node.targets[0].id:
        return node.targets[0].id
    return ""


def bound(node: ast.ClassDef) -> Iterator[str]:
    """What the body of a class defines or assigns."""
    for inside in node.body:
        if isinstance(inside, ast.FunctionDef):
            yield inside.name
        elif isinstance(inside, ast.Assign):
            yield from (one.id for target in inside.targets for one in ast.walk(target) if isinstance(one, ast.Name))


def repeated(exercise: Exercise) -> Iterator[tuple[str, str]]:
    """Pairs of right answers that are the same program, names and docstrings aside."""
    seen: dict[str, str] = {}
    for style, tree in _programs(exercise):
        for node in ast.walk(tree):
            if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node) is not None:
                node.body[0] = ast.Pass()
        first = seen.setdefault(ast.dump(tree), style)
        if first != style:
            yield first, style


def _programs(exercise: Exercise) -> Iterator[tuple[str, ast.AST]]:
    for path in sorted(exercise.alternatives.glob("*.py")):
        yield path.stem, ast.parse(path.read_bytes())
    if exercise.right_answers.is_file():
        styles = {place.partition(".")[0]: one.style for one in read(exercise) for place in one.places.values()}
        for node in ast.parse(exercise.right_answers.read_bytes()).body:
            if isinstance(node, ast.Assign) and _name(node) in styles:
                yield styles[_name(node)], node.value
            elif isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name in styles:
                style, node.name = styles[node.name], node.name.partition("_by_")[0] if "_by_" in node.name else ""
                yield style, node
