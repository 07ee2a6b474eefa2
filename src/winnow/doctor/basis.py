"""All that an examination follows from: the exercise's files, the engine, the libraries and what was asked for."""

from __future__ import annotations

import ast
import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from importlib import metadata
from pathlib import Path

from winnow.course import Course, Exercise
from winnow.store import engine_digest

TREES = ("exercises", "solutions", "graders")
# What checks, definitions and the doctor itself compute with, beside what the engine's digest names already.
LIBRARIES = ("pytest", "cosmic-ray", "matplotlib")


def digest(course: Course, exercise: Exercise, *asked: object) -> str:
    """Equal digests mean equal findings. `asked`: how it is examined, such as the number of seeds."""
    about = [repr(replace(exercise, root=Path())), repr(asked), *map(_version, LIBRARIES)]
    parts = [engine_digest(), *(hashlib.sha256(text.encode()).digest() for text in about)]
    for path in sorted(files(course, exercise)):
        name = path.relative_to(exercise.root).as_posix()
        parts += [hashlib.sha256(name.encode()).digest(), hashlib.sha256(path.read_bytes()).digest()]
    return hashlib.sha256(b"".join(parts)).hexdigest()


def _version(library: str) -> str:
    try:
        return f"{library} {metadata.version(library)}"
    except metadata.PackageNotFoundError:
        return f"no {library}"


def files(course: Course, exercise: Exercise) -> set[Path]:
    """Those of the exercise, what they import of the course, and whatever else lies beside its checks."""
    found = {path for path in exercise.alternatives.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    others = [one for one in course.exercises if one.module == exercise.module and one.id != exercise.id]
    for tree in TREES:
        for path in exercise.path(tree, "").glob("*"):
            # A file of nobody's that is no module is data, which a check may read without naming it.
            nobodys = tree == "graders" and path.suffix != ".py" and not any(_is_of(one, path) for one in others)
            if path.is_file() and (_is_of(exercise, path) or nobodys):
                found.add(path)
    waiting = [path for path in found if path.suffix == ".py"]
    while waiting:
        fresh = set(_imported(waiting.pop())) - found
        found |= fresh
        waiting += fresh
    return found


def _is_of(exercise: Exercise, path: Path) -> bool:
    return re.fullmatch(rf"(test_)?{re.escape(exercise.id)}([._].*)?", path.name) is not None


def _imported(path: Path) -> Iterator[Path]:
    """The files of the course that one imports by plain name: of its own folder, or of another among the graders."""
    try:
        tree = ast.parse(path.read_bytes())
    except (SyntaxError, ValueError):
        return
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                modules = [alias.name for alias in names]
            case ast.ImportFrom(module=str(module), level=0):
                modules = [module]
            case _:
                continue
        for module in modules:
            name = f"{module.partition('.')[0]}.py"
            yield from (one for one in (path.parent / name, *path.parent.parent.glob(f"*/{name}")) if one.is_file())
