"""What is to be graded for one exercise, each as a submission like any learner's, and what should come of it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from winnow.course import CourseError, Exercise
from winnow.diagnosis import patches
from winnow.doctor import right
from winnow.submission import Cell, Source, Submission

Kind = Literal["stub", "reference", "misconception", "alternative", "impostor", "hurried", "mutant"]

# What earns nothing anywhere, as the body of every function of an exercise.
IMPOSTORS = {
    "returns None": "return None",
    "returns 0.0": "return 0.0",
    "returns 1.0": "return 1.0",
    "returns NaN": "return float('nan')",
    "returns True": "return True",
    "returns an empty list": "return []",
    "returns its first argument": "return [*args, *kwargs.values()][0]",
    "raises ValueError": "raise ValueError('no')",
    "raises TypeError": "raise TypeError('no')",
    "prints and returns nothing": "print(*args, *kwargs.values())",
}


@dataclass(frozen=True)
class Entry:
    """One submission of the doctor's own, known by its kind and name."""

    exercise: str
    kind: Kind
    name: str
    cells: tuple[Cell, ...]

    def submission(self, exercise: Exercise) -> Submission:
        """The entry as it would be read from a learner's folder."""
        source = Source(self.exercise, "found", self.cells, path=self.cells[-1].label)
        return Submission(f"{self.kind} {self.name}", exercise.stub, {self.exercise: source})


def _text(exercise: Exercise, tree: str, name: str) -> str:
    path = exercise.path(tree, name)
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(f"{path.relative_to(exercise.root)} cannot be read: {error}") from None


def solution(exercise: Exercise) -> str:
    """The text of the reference."""
    return _text(exercise, "solutions", f"{exercise.id}.py")


def entries(exercise: Exercise) -> Iterator[Entry]:
    """Everything but mutants and impostors, in the order in which it is graded. Nothing of the course is run.

    Raises:
        CourseError: a file cannot be read, or something in it stands for no function.
    """
    label = f"{exercise.id}.py"
    reference = Cell(label, solution(exercise))
    yield Entry(exercise.id, "stub", "stub", (Cell(label, _text(exercise, "exercises", label)),))
    yield Entry(exercise.id, "reference", "reference", (reference,))
    for one in patches.read(exercise):
        yield Entry(exercise.id, "misconception", one.name, tuple(Cell(*cell) for cell in one.cells))
    for name, cells in _misconceptions(exercise):
        yield Entry(exercise.id, "misconception", name, (reference, *cells))
    for answer in right.read(exercise):
        beside = Cell(exercise.right_answers.name, _text(exercise, "graders", exercise.right_answers.name))
        rebound = Cell("rebinding", "".join(f"{name} = {place}\n" for name, place in answer.places.items()))
        first = () if len(answer.places) == len(exercise.functions) else (reference,)
        yield Entry(exercise.id, "alternative", answer.style, (*first, beside, rebound))
    for path in sorted(exercise.alternatives.glob("*.py")):
        text = _text(exercise, "graders", f"alternatives/{exercise.id}/{path.name}")
        yield Entry(exercise.id, "alternative", path.stem, (Cell(label, text),))


def _misconceptions(exercise: Exercise) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    """Those that are written out: each with the file, and the lines that put it in the place of what it stands for."""
    if not exercise.misconceptions.is_file():
        return
    beside = Cell(exercise.misconceptions.name, _text(exercise, "graders", exercise.misconceptions.name))
    where = exercise.misconceptions.relative_to(exercise.root)
    for node in _parsed(beside.source, where).body:
        if not isinstance(node, ast.ClassDef | ast.FunctionDef) or node.name.startswith("_"):
            continue
        if isinstance(node, ast.ClassDef):
            inside = set(right.bound(node))
            places = {name: f"{node.name}.{name}" for name in exercise.functions if name in inside}
        else:
            places = {exercise.functions[0]: node.name} if len(exercise.functions) == 1 else {}
        if not places:
            raise CourseError(f"{where}: {node.name} has none of the functions {', '.join(exercise.functions)}")
        if not ast.get_docstring(node):
            raise CourseError(f"{where}: {node.name} has no docstring; it is the sentence that a learner reads")
        yield node.name, (beside, Cell("rebinding", "".join(f"{name} = {at}\n" for name, at in places.items())))


def _parsed(text: str, where: Path) -> ast.Module:
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError) as error:
        raise CourseError(f"{where} cannot be read: {error}") from None


def impostors(exercise: Exercise) -> Iterator[Entry]:
    """Functions that do not even try, in all places at once."""
    for name, body in IMPOSTORS.items():
        text = "\n\n".join(f"def {each}(*args, **kwargs):\n    {body}\n" for each in exercise.functions)
        yield Entry(exercise.id, "impostor", name, (Cell(f"{exercise.id}.py", text),))


def hurried(exercise: Exercise) -> Entry:
    """The reference with the time of a mutant. Where that is too short for it, time alone would kill all mutants."""
    cell = Cell(f"{exercise.id}.py", solution(exercise))
    return Entry(exercise.id, "hurried", "hurried", (cell,))


def mutant(exercise: Exercise, name: str, text: str) -> Entry:
    """A mutant of the reference."""
    return Entry(exercise.id, "mutant", name, (Cell(f"{exercise.id}.py", text),))


def collisions(exercise: Exercise) -> list[str]:
    """Names that the solution and what the doctor runs behind it both define, differently.

    Both texts run in one namespace, where the later would take the place of the earlier.
    """
    ours = _defined(solution(exercise))
    found: set[str] = set()
    together = [exercise.misconceptions]
    if any(len(answer.places) < len(exercise.functions) for answer in right.read(exercise)):
        together.append(exercise.right_answers)
    for path in together:
        if path.is_file():
            theirs = _defined(_text(exercise, "graders", path.name))
            found.update(name for name in ours.keys() & theirs.keys() if ours[name] != theirs[name])
    return sorted(found)


def _defined(text: str) -> dict[str, str]:
    """What each top-level name is bound to, as text."""
    found = {}
    for node in ast.parse(text).body:
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                found[name] = ast.dump(node)
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                found |= {alias.asname or alias.name: ast.dump(alias) for alias in names}
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                found[name] = ast.dump(value)
    return found


def indistinguishable(exercise: Exercise) -> dict[tuple[str, str], str]:
    """The pairs of misconceptions declared in INDISTINGUISHABLE, each with its reason.

    Raises:
        CourseError: the declaration is no literal dictionary of pairs and reasons.
    """
    declared = patches.indistinguishable(exercise)
    if not exercise.misconceptions.is_file():
        return declared
    for node in ast.parse(_text(exercise, "graders", exercise.misconceptions.name)).body:
        match node:
            case ast.Assign(targets=[ast.Name(id="INDISTINGUISHABLE")], value=value):
                return declared | _pairs(exercise, value)
    return declared


def _pairs(exercise: Exercise, value: ast.expr) -> dict[tuple[str, str], str]:
    try:
        found = ast.literal_eval(value)
        return {(str(one), str(other)): str(reason) for (one, other), reason in found.items()}
    except (ValueError, TypeError, AttributeError):
        where = exercise.misconceptions.relative_to(exercise.root)
        raise CourseError(f'{where}: INDISTINGUISHABLE must be written out as {{("a", "b"): "reason"}}') from None
