"""The whole examination: what is remembered is taken over, the rest is graded and inquired into, a sheet for each."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from winnow.course import Course, Exercise
from winnow.doctor import basis, missing
from winnow.doctor.memory import Memory
from winnow.doctor.sheet import Sheet
from winnow.quiz import bank, honesty
from winnow.store import engine_digest


@dataclass(frozen=True)
class Thoroughness:
    """How exercises are examined; findings follow from it."""

    seeds: int
    with_mutants: bool
    layers: tuple[str, ...]

    def digest(self, course: Course, exercise: Exercise) -> str:
        """Of all that the findings about an exercise follow from."""
        return basis.digest(course, exercise, self.seeds, self.with_mutants, self.layers, course.draft)


@dataclass(frozen=True)
class Report:
    """The sheets, and what is wrong with the quizzes, by module.

    `remembered`: how many sheets were taken over. `draft`: what is not written yet is no fault.
    """

    sheets: tuple[Sheet, ...]
    quizzes: dict[str, tuple[str, ...]]
    remembered: int = 0
    draft: bool = False

    def faults(self, sheet: Sheet) -> list[str]:
        """What is held against an exercise."""
        return sheet.failures if self.draft else [*sheet.failures, *sheet.missing]

    @property
    def healthy(self) -> bool:
        """Whether there is no fault at all."""
        return not any(map(self.faults, self.sheets)) and not any(self.quizzes.values())


def examine(
    course: Course,
    exercises: Sequence[Exercise],
    asked: Thoroughness,
    *,
    processes: int,
    memory: Memory | None = None,
    advance: Callable[[int, int], None] = lambda done, of: None,
) -> Report:
    """Examine `exercises` and the quizzes of their modules.

    Args:
        memory: has what was found out before, and is told what is found out now.
        advance: is told how many gradings of how many are done.

    Raises:
        CourseError: the course is at fault, so that nothing can be graded.
    """
    digests = {exercise.id: asked.digest(course, exercise) for exercise in exercises}
    sheets: dict[str, Sheet] = {}
    if memory is not None:
        kept = {exercise: memory.find(digest) for exercise, digest in digests.items()}
        sheets = {exercise: Sheet.from_json(text) for exercise, text in kept.items() if text is not None}
    remembered = len(sheets)
    with ThreadPoolExecutor(1) as thread:
        modules = dict.fromkeys(exercise.module for exercise in exercises)
        quizzed = thread.submit(_quizzes, course, list(modules), memory)
        for exercise in exercises:
            if not missing.can_be_graded(exercise):
                sheets[exercise.id] = Sheet(exercise.id, asked.seeds, graded=False, missing=[*missing.files(exercise)])
        unknown = [exercise.id for exercise in exercises if exercise.id not in sheets]
        for sheet in _anew(course.part(unknown), asked, processes, advance) if unknown else ():
            sheets[sheet.exercise] = sheet
            if memory is not None:
                memory.keep(digests[sheet.exercise], sheet.exercise, sheet.as_json())
        return Report(tuple(sheets[exercise.id] for exercise in exercises), quizzed.result(), remembered, course.draft)


def _quizzes(course: Course, modules: Sequence[str], memory: Memory | None) -> dict[str, tuple[str, ...]]:
    """What is wrong with each quiz, by module; what the code of a question prints is remembered."""

    def run(code: str) -> str:
        if memory is None:
            return honesty.run(code)
        digest = hashlib.sha256(engine_digest() + code.encode()).hexdigest()
        printed = memory.find(digest)
        if printed is None:
            printed = honesty.run(code)
            memory.keep(digest, f"code {digest}", printed)
        return printed

    chosen = [module for module in modules if bank.has_quiz(course, module)]
    return {module: tuple(map(str, honesty.examine(course, module, run))) for module in chosen}


def _anew(course: Course, asked: Thoroughness, processes: int, advance: Callable[[int, int], None]) -> Iterator[Sheet]:
    # Only here: what is remembered is told without importing what grading needs.
    from winnow.doctor.anew import examined

    yield from examined(course, asked.seeds, asked.with_mutants, asked.layers, processes, advance)
