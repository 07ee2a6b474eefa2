"""What an author has not written yet. `winnow doctor --draft` says it and does not count it as a fault."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from winnow.course import CourseError, Exercise
from winnow.feedback import sentences

MARK = "TODO"


class Missing(str):
    """A sentence about something that is not there yet, as against something that is wrong."""


def files(exercise: Exercise) -> Iterator[Missing]:
    """The files that are not there."""
    for path in exercise.needed():
        if not path.is_file():
            yield Missing(f"{path.relative_to(exercise.root).as_posix()} is not there")


def can_be_graded(exercise: Exercise) -> bool:
    """Whether there is something to examine: a stub, a solution and a check."""
    checks = exercise.public_checks.is_file() or exercise.hidden_checks.is_file()
    return exercise.stub.is_file() and exercise.solution.is_file() and checks


def words(exercise: Exercise) -> Iterator[Missing]:
    """Where a text that somebody reads is still the mark that stands for it."""
    catalogue = "exercises/course.toml"
    texts = [(catalogue, "the title", exercise.title)]
    texts += [(catalogue, f"hint {at}", hint) for at, hint in enumerate(exercise.hints, start=1)]
    for path in (exercise.stub, exercise.public_checks, exercise.hidden_checks):
        where = path.relative_to(exercise.root).as_posix()
        texts += [(where, f"the docstring of {name}", text) for name, text in _docstrings(exercise, path.name, where)]
    where = exercise.patches.relative_to(exercise.root).as_posix()
    texts += [(where, f"the sentence of {name}", said) for name, said in sentences.of_exercise(exercise).items()]
    for where, what, text in texts:
        if MARK in text:
            yield Missing(f"{where}: {what} still says {MARK}")


def _docstrings(exercise: Exercise, name: str, where: str) -> Iterator[tuple[str, str]]:
    path = exercise.root / where
    if not path.is_file():
        return
    try:
        tree = ast.parse(path.read_bytes())
    except (SyntaxError, ValueError) as error:
        raise CourseError(f"{where} cannot be read: {error}") from None
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef):
            yield getattr(node, "name", "the file"), ast.get_docstring(node) or ""
