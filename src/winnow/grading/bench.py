"""One grader process: a pytest session whose checks are put to one submission after another.

The session collects public and hidden checks once; for every submission the same test items run again, their
fixtures giving functions that ask this submission's worker. So a check is an ordinary pytest test, and a class
pays for collection once.
"""

from __future__ import annotations

import contextlib
import os
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, Protocol

import pytest

from winnow.bounded_memory import Recent
from winnow.checks.agree import Questions
from winnow.checks.calls import GraderFaultError
from winnow.checks.modules import load_module
from winnow.checks.subjects import Function, Observations, Transcript, Trusted
from winnow.course import Course, CourseError, Exercise
from winnow.diagnosis.hidden import Diagnosis
from winnow.diagnosis.model import Failure, Finding
from winnow.diagnosis.public import failed_line
from winnow.grading import session
from winnow.grading.handed_in import KNOWN, Allowance, HandedIn
from winnow.grading.job import Job, Terms
from winnow.grading.ran import Check, Ran, fault, named, outcome, result
from winnow.grading.rehearsal import Rehearsal, Rehearsing
from winnow.grading.turn import Turn
from winnow.nurse import Line, LostError, Nurseries, NurseryError
from winnow.nurse.stem import installed
from winnow.record import ExerciseResult
from winnow.submission import Source, imports

# Bytes for checks that are remembered with the answers they were given.
ROOM = 1 << 25


class Explains(Protocol):
    """What says why checks of one exercise failed."""

    def explain(
        self, failures: dict[int, Failure], passed: Iterable[Transcript], subject: HandedIn, examples: bool
    ) -> dict[int, Finding]:
        """A finding for each failure, by its place."""


class Bench:
    """A pytest plugin that replaces the test loop by a loop over submissions."""

    def __init__(
        self,
        course: Course,
        jobs: Iterable[Job],
        emit: Callable[[Job, list[ExerciseResult]], None],
        nurseries: Nurseries,
        secret: bytes = b"",
        come: Callable[[], Job | None] = lambda: None,
    ) -> None:
        self.course = course
        self.jobs = jobs
        self._come = come
        self._ahead: Turn | None = None
        self.emit = emit
        self.nurseries = nurseries
        self.checks: dict[str, list[Check]] = {}
        self.problems: list[str] = []
        self.references = self._references()
        if "torch" in sys.modules:
            # Several grader processes share the cores; threads that wait for each other cost more than they bring.
            sys.modules["torch"].set_num_threads(1)
        self.secret = secret
        self.terms = Terms()
        self._questions: dict[tuple[bytes, str], Questions] = {}
        self._rehearsals: dict[tuple[bytes, str], Rehearsal] = {}
        self.known: Recent[bytes, Observations] = Recent(KNOWN, lambda answers: answers.weight)
        self._ran: Recent[tuple[str, bytes, bytes], Ran] = Recent(ROOM, lambda ran: ran.weight)
        self.diagnosis = {exercise.id: self._explaining(exercise) for exercise in course.exercises}
        self.subject: HandedIn | Rehearsing | None = None
        self.running: Ran | None = None

    def _references(self) -> dict[str, Trusted]:
        """The right answers, by exercise."""
        return {
            exercise.id: Trusted(vars(load_module(exercise.solution, f"solution_of_{exercise.id}")))
            for exercise in self.course.exercises
        }

    def _explaining(self, exercise: Exercise) -> Explains:
        """What says why checks failed."""
        return Diagnosis(exercise, self.references[exercise.id])

    # What the fixtures of winnow.checks.plugin ask for.

    def function(self, name: str) -> Function:
        """The learner's function `name`, as the fixture of that name."""
        assert self.subject is not None
        assert self.running is not None
        return Function(name, self.subject, self.running.transcript)

    def question_book(self, item: pytest.Item) -> Questions:
        """The questions of the exercise a check belongs to."""
        assert self.running is not None
        exercise, secret = self.running.check.exercise.id, self.terms.secret or self.secret
        if (secret, exercise) not in self._questions:
            self._questions[secret, exercise] = Questions(secret + exercise.encode(), self.references[exercise])
        return self._questions[secret, exercise]

    def rehearsal(self, exercise: Exercise) -> Rehearsal | None:
        """What the checks of an exercise ask: they are put to the reference once."""
        key = self.terms.secret or self.secret, exercise.id
        if key not in self._rehearsals:
            self.subject = rehearsing = Rehearsing(self.references[exercise.id])
            places = []
            for check in self.checks.get(exercise.id, []):
                start = len(rehearsing.batches)
                error = self._run(check).error
                if isinstance(error, GraderFaultError):
                    raise CourseError(f"{check.item.path.relative_to(self.course.root)}: {error}")
                places.append(range(start, len(rehearsing.batches)))
            book = self._questions.get(key)
            self._rehearsals[key] = Rehearsal(rehearsing.batches, places, book.drawn if book else ())
        return self._rehearsals[key]

    # Hooks of pytest.

    @pytest.hookimpl(tryfirst=True)
    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep what could not be collected: a fault of the course."""
        if report.failed:
            said = str(report.longrepr).strip().splitlines()
            self.problems.append(f"{report.nodeid} cannot be collected: {said[-1] if said else 'unknown reason'}")

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Sort the collected items by exercise and read their marks."""
        for item in session.items:
            check = self._check(item)
            if check is not None:
                self.checks.setdefault(check.exercise.id, []).append(check)
        for exercise in self.course.exercises:
            checks = self.checks.get(exercise.id, [])
            points = sum(check.points for check in checks)
            if checks and not self.course.draft and abs(points - exercise.points) > 1e-9:
                said = f"exercises/course.toml says {exercise.points:g}"
                self.problems.append(f"the checks of {exercise.id} add up to {points:g} points; {said}")

    def _check(self, item: pytest.Item) -> Check | None:
        for exercise in self.course.exercises:
            if item.path in (exercise.public_checks, exercise.hidden_checks):
                mark = item.get_closest_marker("points")
                if mark is None or len(mark.args) != 1 or not isinstance(mark.args[0], int | float):
                    self.problems.append(f"{item.nodeid} has no points: mark it with @pytest.mark.points(n)")
                    return None
                documented = getattr(getattr(item, "function", None), "__doc__", None) or item.name
                visibility = "public" if item.path == exercise.public_checks else "hidden"
                return Check(item, exercise, visibility, float(mark.args[0]), " ".join(documented.split()))
        return None

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport:
        """Keep the exception itself; the report that pytest would format is read by nobody."""
        if call.excinfo is not None and self.running is not None and self.running.error is None:
            self.running.error = call.excinfo.value
            self.running.line = failed_line(call.excinfo.value, self.running.check.item.path)
        outcome: Any = "passed" if call.excinfo is None else "failed"
        assert call.when != "collect"
        return pytest.TestReport(item.nodeid, item.location, {}, outcome, None, call.when)

    def pytest_assertrepr_compare(self, op: str, left: object, right: object) -> None:
        """Remember what a failed assertion compared: its right side is what was expected."""
        if op == "==" and self.running is not None:
            self.running.compared = (left, right)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Grade every job."""
        if self.problems:
            # Told by whoever holds the session: an exception here would be a fault of pytest's.
            return True
        try:
            for turn in self._in_turn():
                self.terms = turn.job.terms
                try:
                    self.emit(turn.job, [self._surely(exercise, turn) for exercise in self._exercises(turn.job)])
                finally:
                    turn.close()
        except CourseError as error:
            self.problems.append(str(error))
        finally:
            if self._ahead is not None:
                self._ahead.close()
        return True

    def _in_turn(self) -> Iterator[Turn]:
        waiting = iter(self.jobs)
        while True:
            turn, self._ahead = self._ahead, None
            if turn is None:
                job = next(waiting, None)
                if job is None:
                    return
                turn = Turn(job)
            yield turn

    def _exercises(self, job: Job) -> list[Exercise]:
        """The exercises that a job is about, with the limits that hold for it."""
        exercises = [exercise for exercise in self.course.exercises if exercise.id in job.exercises]
        limits = job.terms.limits
        return exercises if limits is None else [replace(exercise, limits=limits) for exercise in exercises]

    def _look_ahead(self) -> None:
        """Have the next submission's code run already, where there is one: this one is still to be judged."""
        if self._ahead is None and (job := self._come()) is not None:
            self._ahead = Turn(job)
            exercise = self._exercises(job)[0]
            source = job.submission.sources[exercise.id]
            rehearsal = self._rehearsals.get((job.terms.secret or self.secret, exercise.id))
            if source.status == "found" and rehearsal is not None:
                self._ahead.begin(self._subject(job, exercise, source, rehearsal))

    # Grading.

    def _surely(self, exercise: Exercise, turn: Turn) -> ExerciseResult:
        """`grade`, once more where a nursery died under its worker: nothing that a learner's values bring about."""
        try:
            try:
                return self.grade(exercise, turn)
            except (NurseryError, OSError):
                return self.grade(exercise, turn)
        except CourseError:
            raise
        except Exception as error:
            # One submission must not end the run of a class.
            return ExerciseResult(exercise.id, "grader_error", 0.0, exercise.points, message=fault(error))

    def grade(self, exercise: Exercise, turn: Turn) -> ExerciseResult:
        """One exercise of one submission. Never raises for anything a learner can do.

        Raises:
            NurseryError, OSError: what workers are made by has failed.
        """
        source = turn.job.submission.sources[exercise.id]
        checks = self.checks.get(exercise.id, [])
        points = exercise.points
        if source.status != "found":
            return ExerciseResult(exercise.id, source.status, 0.0, points, message=source.message, notes=source.notes)
        subject, lost = self._load(exercise, turn)
        self.subject, source = turn.owns(subject), subject.source
        try:
            loaded = subject.loaded
            notes = (*source.notes, *loaded.notes)
            if not lost and self._untouched(subject):
                return ExerciseResult(
                    exercise.id, "not_started", 0.0, points, message=_not_started(source), notes=source.notes
                )
            if not lost and not loaded.defined:
                broken = next((problem for problem in loaded.problems if not problem.compiles), None)
                message = broken.sentence() if broken else subject.absent(exercise.functions[0])
                status: Any = "unreadable" if loaded.broken else "graded"
                missed = tuple(result(Ran(check, "not_run"), None) for check in checks)
                return ExerciseResult(
                    exercise.id,
                    status,
                    0.0,
                    points,
                    missed,
                    message=message,
                    notes=notes,
                    output=subject.output,
                    stopped=subject.stopped,
                )
            self._look_ahead()
            ran = self._run_all(checks, subject)
            return self._result(exercise, subject, ran, (*notes, *subject.tried), lost)
        finally:
            subject.close()
            self.subject = None

    def _load(self, exercise: Exercise, turn: Turn) -> tuple[HandedIn, str]:
        """The subject, and why it was lost while loading. Of several files the first that was worked on counts."""
        source = turn.job.submission.sources[exercise.id]
        tried: list[tuple[HandedIn, str]] = []
        rehearsal = self.rehearsal(exercise)
        with contextlib.ExitStack() as unused:
            for candidate in (source, *source.fallbacks):
                subject = turn.take(candidate) or self._subject(turn.job, exercise, candidate, rehearsal)
                unused.callback(subject.close)
                if tried:
                    subject.allowance = tried[0][0].allowance
                lost = ""
                try:
                    subject.start()
                except LostError as error:
                    lost = str(error)
                tried.append((subject, lost))
                if subject.loaded.defined and not self._untouched(subject):
                    break
            else:
                # None was worked on to any avail: the one that was found first stands for all.
                tried.append(tried.pop(0))
            unused.pop_all()
        for subject, _ in tried[:-1]:
            subject.close()
        return tried[-1]

    def _subject(self, job: Job, exercise: Exercise, source: Source, rehearsal: Rehearsal | None) -> HandedIn:
        needs = {*exercise.needs, *(imports(source) & installed())}
        allowance = Allowance(exercise.limits.total)
        return HandedIn(job, exercise, source, needs, self.nurseries, allowance, rehearsal, self.known)

    @staticmethod
    def _untouched(subject: HandedIn) -> bool:
        empty = not any(cell.source.strip() for cell in subject.source.cells)
        loaded = subject.loaded
        return empty or (bool(loaded.stubs) and loaded.stubs == loaded.defined)

    def _run_all(self, checks: list[Check], subject: HandedIn) -> list[Ran]:
        """Every check, up to the first that fails where the terms say so."""
        if self.terms.to_the_end:
            subject.hear_all()
            self._look_ahead()
        ran: list[Ran] = []
        for at, check in enumerate(checks):
            ran.append(self._run_once(at, check, subject))
            if isinstance(ran[-1].error, NurseryError):
                raise ran[-1].error
            if ran[-1].outcome != "passed" and not self.terms.to_the_end:
                break
        return ran

    def _run_once(self, at: int, check: Check, subject: HandedIn) -> Ran:
        """A check, or what came of it when it was given the same answers before."""
        answers = subject.digest(at)
        key = check.item.nodeid, self.terms.secret or self.secret, answers or b""
        if key in self._ran:
            subject.pass_over(at)
            return self._ran[key]
        asked = subject.unforeseen
        ran = self._run(check)
        if answers is not None and subject.unforeseen == asked:
            self._ran[key] = ran
            if ran.error is not None:
                # Its frames hold whatever was in the check's hands.
                ran.error.__traceback__ = None
        return ran

    def _run(self, check: Check) -> Ran:
        self.running = ran = Ran(check, "passed")
        check.item.config.hook.pytest_runtest_protocol(item=check.item, nextitem=None)
        self.running = None
        ran.outcome = outcome(ran.error)
        return ran

    def _result(
        self, exercise: Exercise, subject: HandedIn, ran: list[Ran], notes: tuple[str, ...], lost: str
    ) -> ExerciseResult:
        failures = {
            at: Failure(one.check.name, one.check.visibility, one.error, one.transcript, one.compared, one.line)
            for at, one in enumerate(ran)
            if self.terms.explain and one.outcome == "failed" and one.error is not None
        }
        transcripts = [one.transcript for one in ran if one.outcome == "passed"]
        findings, trouble = self._findings(exercise, subject, failures, transcripts)
        checks = tuple(result(one, findings.get(at)) for at, one in enumerate(ran))
        shown = dict.fromkeys(name for check in checks for name in check.misconceptions)
        faults = [one for one in ran if one.outcome == "grader_error"]
        status: Any = "grader_error" if faults else "graded"
        message = f"{faults[0].check.name}: {faults[0].error}" if faults else lost
        return ExerciseResult(
            exercise.id, status, round(sum(check.score for check in checks), 9), exercise.points, checks,
            tuple(shown), message, (*notes, *trouble), subject.output, subject.stopped,
        )  # fmt: skip

    def _findings(
        self, exercise: Exercise, subject: HandedIn, failures: dict[int, Failure], passed: list[Transcript]
    ) -> tuple[dict[int, Finding], list[str]]:
        """Why checks failed, and what went wrong while that was looked for: the score stands all the same."""
        explain = self.diagnosis[exercise.id].explain
        try:
            try:
                found = explain(failures, passed, subject, self.terms.examples)
            except NurseryError:
                # There will be another, and another worker.
                found = explain(failures, passed, subject, self.terms.examples)
        except Exception as error:
            return {}, [f"the failed checks could not be explained ({named(error)})"]
        return found, [
            f"{failures[at].name} could not be explained in full ({finding.trouble})"
            for at, finding in found.items()
            if finding.trouble
        ]


def _not_started(source: Source) -> str:
    return f"{source.path or source.exercise} is not started"


def run(course: Course, jobs: Iterator[Job], emit: Callable[[Job, list[ExerciseResult]], None],
        layers: Iterable[str], secret: bytes, lines: Iterable[Line] = (),
        come: Callable[[], Job | None] = lambda: None) -> None:  # fmt: skip
    """Grade `jobs` in this process, handing each with its results to `emit`.

    Args:
        lines: to nurseries that are there already.
        come: the next of the jobs, where it is there already: it is then not among `jobs` any more.

    Raises:
        CourseError: the course's checks cannot be collected, or one has no points.
    """
    nurseries = Nurseries(tuple(layers), lines)
    bench = Bench(course, jobs, emit, nurseries, secret, come)
    every = [path for exercise in course.exercises for path in (exercise.public_checks, exercise.hidden_checks)]
    files = [path for path in every if path.is_file()] if course.draft else every
    try:
        with warnings.catch_warnings():
            # What numpy warns of in references and misconceptions is for nobody to read.
            warnings.simplefilter("ignore")
            session.hold(bench, files, course.root)
    finally:
        nurseries.close()
        _forget(course)


def _forget(course: Course) -> None:
    """Drop the course's modules: another course's files of the same names must not find these."""
    trees = tuple(f"{course.root / tree}{os.sep}" for tree in ("exercises", "solutions", "graders"))
    for name, module in list(sys.modules.items()):
        # Some modules make up attributes that they are asked for.
        file = vars(module).get("__file__") if hasattr(module, "__dict__") else None
        if isinstance(file, str) and file.startswith(trees):
            del sys.modules[name]
