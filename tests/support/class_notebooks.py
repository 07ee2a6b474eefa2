"""The example class as nbgrader gets it: every submission's code in the cells of the notebooks that were released."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat

from winnow.course import Course, Exercise, Module
from winnow.submission import Cell, Source, read_submission

ROOT = Path(__file__).parents[2]
CLASS = ROOT / "examples" / "class"


def learners() -> list[str]:
    """Everybody in the example class."""
    return sorted(path.name for path in CLASS.iterdir() if path.is_dir())


def hand_in(course: Course, folder: Path, learner: str, as_whom: str = "") -> None:
    """Put a learner's notebooks of all modules into `folder`/submitted, under another name if one is given."""
    written = read_submission(learner, CLASS / learner, course.exercises)
    answered = [tomllib.loads(path.read_text("utf-8")) for path in (CLASS / learner).rglob("quiz_answers.toml")]
    for module in course.modules:
        nb = nbformat.read(folder / "release" / module.id / f"{module.id}.ipynb", 4)
        fill(nb, module, written.sources)
        for answers in answered:
            answer(nb, answers)
        path = folder / "submitted" / (as_whom or learner) / module.id / f"{module.id}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(nb), encoding="utf-8")


def answer(nb: Any, answers: dict[str, Any]) -> None:
    """Write the answers to a quiz into the cells of its questions."""
    for cell in nb.cells:
        name = cell.metadata.get("winnow", {}).get("answer")
        if name in answers:
            cell.source = f"answer_{name} = {json.dumps(answers[name], ensure_ascii=False)}"


def fill(nb: Any, module: Module, written: dict[str, Source]) -> None:
    """Write what was handed in for a module's exercises into its notebook.

    A file takes the place of the stub. Of a notebook all code cells come in their order, where the first stub was:
    those that define functions of an exercise are its solution cells, as if they had been moved there.
    """
    stubs = {cell.metadata["nbgrader"]["grade_id"]: cell for cell in nb.cells if is_solution(cell)}
    copied: set[tuple[Cell, ...]] = set()
    written = {name: _worked_on(source) for name, source in written.items()}
    for exercise in module.exercises:
        source = written[exercise.id]
        if source.status != "found":
            continue
        if not source.path.endswith(".ipynb"):
            stubs[exercise.id].source = "\n".join(cell.source for cell in source.cells)
        elif source.cells not in copied:
            copied.add(source.cells)
            together = [one for one in module.exercises if written[one.id].cells == source.cells]
            moved = list(_moved(source.cells, together, stubs))
            at = nb.cells.index(stubs[exercise.id])
            taken = [cell for cell in moved if is_solution(cell)]
            names = {cell.metadata["nbgrader"]["grade_id"] for cell in taken}
            rest = [cell for cell in nb.cells[at:] if not (is_solution(cell) and grade_id(cell) in names)]
            nb.cells = [*nb.cells[:at], *moved, *rest]


def _worked_on(source: Source) -> Source:
    """What was handed in for an exercise; where that is the stub as it was handed out, the next place it stands in."""
    untouched = any("raise NotImplementedError" in cell.source for cell in source.cells)
    return source.fallbacks[0] if untouched and source.fallbacks else source


def _moved(cells: tuple[Cell, ...], exercises: list[Exercise], stubs: dict[str, Any]) -> Iterator[Any]:
    homes = {_last_definition(cells, exercise): exercise.id for exercise in exercises}
    for number, cell in enumerate(cells):
        made = nbformat.v4.new_code_cell(cell.source)
        if number in homes:
            stub = stubs[homes[number]]
            made.update(id=stub.id, metadata=stub.metadata)
        yield made


def _last_definition(cells: tuple[Cell, ...], exercise: Exercise) -> int:
    """The last cell with one of the exercise's functions; -1 where there is none."""
    defines = re.compile(rf"^def ({'|'.join(exercise.functions)})\b", re.MULTILINE)
    return max((number for number, cell in enumerate(cells) if defines.search(cell.source)), default=-1)


def is_solution(cell: Any) -> bool:
    """Whether nbgrader knows the cell as a place for an answer."""
    return bool(cell.metadata.get("nbgrader", {}).get("solution"))


def grade_id(cell: Any) -> str:
    """What nbgrader calls the cell."""
    return str(cell.metadata["nbgrader"]["grade_id"])
