"""Public checks on the learner's files, as in grading: in this process, beside a warm process that runs the code.

A loop without end is stopped, and nothing is imported twice: `winnow watch` answers in milliseconds.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace

from winnow.checks.subjects import NotRunError, NotStartedError, StoppedError, Transcript
from winnow.course import Course, Exercise
from winnow.diagnosis.model import Failure, Finding
from winnow.diagnosis.public import from_the_check, unreadable
from winnow.errors import NurseryError
from winnow.grading import told as reports
from winnow.grading.bench import Bench
from winnow.grading.collected import CollectedChecks
from winnow.grading.examiner import Examiner
from winnow.grading.handed_in import HandedIn
from winnow.grading.job import Job
from winnow.grading.ran import Check, Ran
from winnow.grading.turn import Turn
from winnow.learner.own_code import unusable
from winnow.learner.progress import not_run
from winnow.nurse import Nurseries
from winnow.record import ExerciseResult
from winnow.submission import read_submission


class _FromTheCheck:
    """What an examiner asks for explanations, where there is no reference to compare with."""

    def __init__(self, exercise: Exercise) -> None:
        self.exercise = exercise

    def explain(
        self, failures: dict[int, Failure], passed: Iterable[Transcript], subject: object, examples: bool = True
    ) -> dict[int, Finding]:
        """A finding for each failure, from the check alone."""
        unbound = {name: _here(why) for name, why in getattr(subject, "unbound", {}).items()}
        return {at: self._explain(failure, unbound) for at, failure in failures.items()}

    def _explain(self, failure: Failure, unbound: Mapping[str, str]) -> Finding:
        if isinstance(failure.error, NotRunError | NotStartedError | StoppedError) and not failure.transcript.asked:
            return Finding(str(failure.error))
        return from_the_check(failure, self.exercise, unbound)


class PublicChecks(CollectedChecks):
    """What is wrong with the checks of one exercise is that exercise's matter, and holds up no other."""

    def __init__(self, course: Course) -> None:
        super().__init__(course, hidden=False)
        self.faults: dict[str, str] = {}

    def problem(self, place: str, said: str) -> None:
        """Keep it by the file, whose path from the course's folder is what pytest's name begins with."""
        self.faults.setdefault(place.partition("::")[0], said)

    def fault(self, exercise: Exercise) -> str:
        """What is wrong with the checks of an exercise, if something is."""
        said = self.faults.get(exercise.public_checks.relative_to(exercise.root).as_posix())
        return unusable(exercise, said) if said else ""


class PublicExaminer(Examiner):
    """An examiner of public checks, for whom a learner waits."""

    collected: PublicChecks

    def examine(self, exercise: Exercise, turn: Turn, meanwhile: Callable[[], None]) -> ExerciseResult:
        """One exercise, where its checks can be used."""
        if said := self.collected.fault(exercise):
            return not_run(exercise, said)
        found = super().examine(exercise, turn, meanwhile)
        found = replace(found, notes=tuple(map(_here, found.notes)))
        # Also where some of its functions can be run all the same.
        told = found.status in ("unreadable", "graded") and _shown(exercise)
        return replace(found, message=told) if told else found

    def _run_all(self, checks: list[Check], subject: HandedIn) -> list[Ran]:
        """Every check, up to one that was stopped: one wait is enough."""
        ran: list[Ran] = []
        for at, check in enumerate(checks):
            stopped = next((one.check.title for one in ran if isinstance(one.error, StoppedError)), "")
            if stopped:
                ran.append(Ran(check, "not_run", NotRunError(f'not run, because "{stopped}" took too long')))
                continue
            ran.append(self._run_once(at, check, subject))
            if isinstance(ran[-1].error, NurseryError):
                raise ran[-1].error
        return ran


def _here(said: str) -> str:
    """A sentence on a library that is not there, as it is true on the learner's own machine."""
    return said.replace(reports.ELSEWHERE, ", neither in this folder nor installed here")


def _shown(exercise: Exercise) -> str:
    """What Python cannot read of the learner's file, with its line and a caret: the file is theirs, and here."""
    try:
        ast.parse(exercise.stub.read_bytes(), exercise.stub.name)
    except SyntaxError as error:
        # Of what is no text Python knows no line.
        return unreadable(error) if error.lineno else ""
    except (OSError, ValueError):
        pass
    return ""


def job(exercise: Exercise) -> Job:
    """The learner's file as it is now."""
    return Job(read_submission("you", exercise.stub, [exercise], around=exercise.stub.parent.parent), (exercise.id,))


def run(
    course: Course,
    exercises: Collection[Exercise],
    jobs: Iterable[Job],
    emit: Callable[[ExerciseResult], None],
    nurseries: Nurseries,
) -> None:
    """Put the public checks of `exercises` to the files that `jobs` bring, until there are no more.

    Raises:
        CourseError: the checks cannot be collected.
        KeyboardInterrupt: the learner pressed Ctrl-C.
    """
    explainers = {exercise.id: _FromTheCheck(exercise) for exercise in course.exercises}
    examiner = PublicExaminer(PublicChecks(course), nurseries, explainers, references={})
    modules = set(sys.modules)
    try:
        bench = Bench(examiner, jobs, lambda _, results: emit(results[0]))
        bench.hold([exercise.public_checks for exercise in exercises])
    finally:
        for name in set(sys.modules) - modules:
            # The checks are imported anew the next time: they may have changed.
            if name.rpartition(".")[2].startswith("test_"):
                del sys.modules[name]
