"""One submission, examined: its code is loaded, each check is put to it, and what failed is explained."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, Protocol

import pytest

from winnow.bounded_memory import Recent
from winnow.checks.agree import Questions
from winnow.checks.calls import GraderFaultError
from winnow.checks.subjects import Function, NotRunError, Observations, StoppedError, Transcript, Trusted
from winnow.course import Course, CourseError, Exercise
from winnow.diagnosis.asserted import failed_lines
from winnow.diagnosis.model import Failure, Finding
from winnow.errors import LostError, NurseryError
from winnow.grading import instead
from winnow.grading.budget import EXPLAINING, MOST_JUDGED, READING, Budgeted, limit, out_of_memory, unlimited
from winnow.grading.collected import CollectedChecks
from winnow.grading.handed_in import KNOWN, Allowance, HandedIn
from winnow.grading.job import Job, Terms
from winnow.grading.ran import Check, Ran, fault, named, outcome, result
from winnow.grading.rehearsal import Rehearsal, Rehearsing
from winnow.grading.turn import Turn
from winnow.nurse import Nurseries
from winnow.nurse.stem import installed
from winnow.record import ExerciseResult
from winnow.submission import Source, imports

log = logging.getLogger(__name__)

# Bytes for checks that are remembered with the answers they were given.
ROOM = 1 << 25


class Explains(Protocol):
    """What says why checks of one exercise failed."""

    def explain(
        self, failures: dict[int, Failure], passed: Iterable[Transcript], subject: HandedIn, examples: bool
    ) -> dict[int, Finding]:
        """A finding for each failure, by its place."""


class Examiner:
    """A pytest plugin that runs collected checks on one submission after another, and notes what came of each.

    Args:
        explainers: by exercise, what says why checks failed.
        references: by exercise, the reference. Without one, no question is foreseen.
        budget: limits the work on each part of a job.
    """

    def __init__(
        self,
        collected: CollectedChecks,
        nurseries: Nurseries,
        explainers: Mapping[str, Explains],
        references: Mapping[str, Trusted],
        secret: bytes = b"",
        budget: Budgeted = unlimited,
    ) -> None:
        self.collected = collected
        self.course: Course = collected.course
        self.nurseries = nurseries
        self.explainers = explainers
        self.references = references
        self.secret = secret
        self.budget = budget
        self.terms = Terms()
        self._questions: dict[tuple[bytes, str], Questions] = {}
        self._rehearsals: dict[tuple[bytes, str], Rehearsal] = {}
        self.known: Recent[bytes, Observations] = Recent(KNOWN, lambda answers: answers.weight)
        self._ran: Recent[tuple[str, bytes, bytes], Ran] = Recent(ROOM, lambda ran: ran.weight)
        self.subject: HandedIn | Rehearsing | None = None
        self.running: Ran | None = None
        self._meanwhile: Callable[[], None] = lambda: None

    # What the fixtures of winnow.checks.plugin ask for.

    def function(self, name: str) -> Function:
        """The learner's function `name`, as the fixture of that name."""
        assert self.subject is not None
        assert self.running is not None
        return Function(name, self.subject, self.running.transcript)

    def question_book(self, item: pytest.Item) -> Questions:
        """The questions of the exercise that a check belongs to."""
        assert self.running is not None
        exercise, secret = self.running.check.exercise.id, self.terms.secret or self.secret
        if (secret, exercise) not in self._questions:
            self._questions[secret, exercise] = Questions(secret + exercise.encode(), self.references[exercise])
        return self._questions[secret, exercise]

    # Hooks of pytest.

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport:
        """Keep the exception itself. Nobody reads the report that pytest would format."""
        if call.excinfo is not None and self.running is not None and self.running.error is None:
            self.running.error = call.excinfo.value
            self.running.lines = failed_lines(call.excinfo.value, self.running.check.item.path)
        outcome: Any = "passed" if call.excinfo is None else "failed"
        assert call.when != "collect"
        return pytest.TestReport(item.nodeid, item.location, {}, outcome, None, call.when)

    def pytest_assertrepr_compare(self, op: str, left: object, right: object) -> None:
        """Remember what a failed assertion compared: its right side is what was expected."""
        if op == "==" and self.running is not None:
            self.running.compared = (left, right)

    # The rest is asked by the bench.

    def examine(self, exercise: Exercise, turn: Turn, meanwhile: Callable[[], None]) -> ExerciseResult:
        """The result of one exercise of one submission. Never raises for anything a learner can do.

        The exercise is graded once more where a nursery died under its worker, which no learner's answer brings about.

        Args:
            meanwhile: called when the learner's code has run and is still to be judged.

        Raises:
            CourseError: a check cannot be put to the reference.
        """
        self.terms, self._meanwhile = turn.job.terms, meanwhile
        found = self._examined(exercise, turn)
        log.debug(
            "%s, %s: %s, %g of %g", turn.job.submission.student, exercise.id, found.status, found.score, found.points
        )
        return found

    def _examined(self, exercise: Exercise, turn: Turn) -> ExerciseResult:
        try:
            try:
                return self._grade(exercise, turn)
            except (NurseryError, OSError):
                return self._grade(exercise, turn)
        except CourseError:
            raise
        except Exception as error:
            # One submission must not end the run of a class.
            return ExerciseResult(
                exercise.id, "grader_error", 0.0, self.collected.worth(exercise), message=fault(error)
            )

    def begin(self, exercise: Exercise, turn: Turn) -> None:
        """Have the code of the next turn run already, where it is known what the code will be asked."""
        source = turn.job.submission.sources[exercise.id]
        rehearsal = self._rehearsals.get((turn.job.terms.secret or self.secret, exercise.id))
        if source.status == "found" and rehearsal is not None:
            turn.begin(self._subject(turn.job, exercise, source, rehearsal))

    def rehearsal(self, exercise: Exercise) -> Rehearsal | None:
        """What the checks of an exercise ask. The checks are put to the reference once to find out."""
        if exercise.id not in self.references:
            return None
        key = self.terms.secret or self.secret, exercise.id
        if key not in self._rehearsals:
            self.subject = rehearsing = Rehearsing(self.references[exercise.id])
            places = []
            for check in self.collected.of(exercise):
                error = self._run(check).error
                if isinstance(error, GraderFaultError):
                    raise CourseError(f"{check.item.path.relative_to(self.course.root)}: {error}")
                places.append(rehearsing.places())
            book = self._questions.get(key)
            drawn = book.drawn if book else ()
            self._rehearsals[key] = Rehearsal(rehearsing.batches, places, drawn)
        return self._rehearsals[key]

    def _grade(self, exercise: Exercise, turn: Turn) -> ExerciseResult:
        """The result of one exercise. Raises NurseryError or OSError where a nursery has failed."""
        source = turn.job.submission.sources[exercise.id]
        points = self.collected.worth(exercise)
        if source.status != "found":
            return ExerciseResult(exercise.id, source.status, 0.0, points, message=source.message, notes=source.notes)
        if (exercise.id, READING) in turn.job.given_up:
            told = f"not run: what it sent took more than {limit(exercise, READING):g} s to read"
            return self._none_run(exercise, "graded", told, source.notes)
        subject, lost, passed_over = self._load(exercise, turn)
        self.subject, source = turn.owns(subject), subject.source
        try:
            loaded = subject.loaded
            notes = (*source.notes, *passed_over, *loaded.notes)
            if not lost and self._untouched(subject):
                return ExerciseResult(
                    exercise.id, "not_started", 0.0, points, message=_not_started(subject), notes=source.notes
                )
            if not lost and not loaded.defined:
                message = _broken(subject) or subject.absent(exercise.functions[0])
                status: Any = "unreadable" if loaded.broken else "graded"
                nothing = self._none_run(exercise, status, message, notes)
                return replace(nothing, output=subject.output, stopped=subject.stopped)
            self._meanwhile()
            ran = self._run_all(self.collected.of(exercise), subject)
            return self._result(exercise, subject, ran, (*notes, *subject.tried), lost)
        finally:
            subject.close()
            self.subject = None

    def _none_run(self, exercise: Exercise, status: Any, message: str, notes: tuple[str, ...]) -> ExerciseResult:
        """The result where there is nothing to put the checks to."""
        missed = tuple(result(Ran(check, "not_run"), None) for check in self.collected.of(exercise))
        return ExerciseResult(
            exercise.id, status, 0.0, self.collected.worth(exercise), missed, message=message, notes=notes
        )

    def _load(self, exercise: Exercise, turn: Turn) -> tuple[HandedIn, str, list[str]]:
        """The subject, why it was lost while loading, and what is to be said of the files before it. Of several files,
        the first that is begun counts."""
        source = turn.job.submission.sources[exercise.id]
        tried: list[tuple[HandedIn, str]] = []
        rehearsal = self.rehearsal(exercise)
        with contextlib.ExitStack() as unused, self.budget(turn.job, exercise, READING):
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
                    passed_over = [f"{self._nothing_in(*one)}; {candidate.path} is graded" for one in tried[:-1]]
                    break
            else:
                # In none of them a function is written: the file that was found first stands for all.
                tried = tried[1:] + tried[:1]
                passed_over = []
            unused.pop_all()
        for subject, _ in tried[:-1]:
            subject.close()
        return (*tried[-1], passed_over)

    def _subject(self, job: Job, exercise: Exercise, source: Source, rehearsal: Rehearsal | None) -> HandedIn:
        needs = {*exercise.needs, *(imports(source) & installed())}
        allowance = Allowance(exercise.limits.total)
        return HandedIn(job, exercise, source, needs, self.nurseries, allowance, rehearsal, self.known)

    def _nothing_in(self, subject: HandedIn, lost: str) -> str:
        """Why nothing of a file is graded."""
        if lost:
            return f"{subject.source.path}: {lost}"
        if self._untouched(subject):
            return _not_started(subject)
        return _broken(subject) or subject.absent(subject.exercise.functions[0])

    @staticmethod
    def _untouched(subject: HandedIn) -> bool:
        empty = not any(cell.source.strip() for cell in subject.source.cells)
        loaded = subject.loaded
        return empty or (bool(loaded.stubs) and loaded.stubs == loaded.defined)

    def _run_all(self, checks: list[Check], subject: HandedIn) -> list[Ran]:
        """What came of every check; up to the first that fails, where the terms say so."""
        if self.terms.to_the_end:
            subject.hear_all()
            self._meanwhile()
        ran: list[Ran] = []
        for at, check in enumerate(checks):
            ran.append(self._run_once(at, check, subject))
            if isinstance(ran[-1].error, NurseryError):
                raise ran[-1].error
            if ran[-1].outcome != "passed" and not self.terms.to_the_end:
                break
        return ran

    def _run_once(self, at: int, check: Check, subject: HandedIn) -> Ran:
        """What comes of a check, or what came of it when it was given the same answers before."""
        answers = subject.digest(at)
        key = check.item.nodeid, self.terms.secret or self.secret, answers or b""
        if key in self._ran:
            subject.pass_over(at)
            return self._ran[key]
        if (given_up := _given_up(at, subject)) is not None:
            subject.pass_over(at)
            return Ran(check, outcome(given_up), given_up)
        asked = subject.unforeseen
        with self.budget(subject.job, subject.exercise, at):
            ran = self._run(check)
        if out_of_memory(ran.error):
            ran.error = StoppedError("stopped: to look at what it returned takes more memory than there is for it")
        if answers is not None and subject.unforeseen == asked:
            self._ran[key] = ran
            if ran.error is not None:
                # The frames hold all that the check had.
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
            at: Failure(one.check.name, one.check.visibility, one.error, one.transcript, one.compared, one.lines)
            for at, one in enumerate(ran)
            if self.terms.explain and one.outcome == "failed" and one.error is not None
        }
        transcripts = [one.transcript for one in ran if one.outcome == "passed"]
        findings: dict[int, Finding] = {}
        if (exercise.id, EXPLAINING) in subject.job.given_up:
            trouble = ["the failed checks are not explained: that took too long"]
        else:
            with self.budget(subject.job, exercise, EXPLAINING):
                findings, trouble = self._findings(exercise, subject, failures, transcripts)
        checks = tuple(result(one, findings.get(at)) for at, one in enumerate(ran))
        shown = dict.fromkeys(name for check in checks for name in check.misconceptions)
        faults = [one for one in ran if one.outcome == "grader_error"]
        status: Any = "grader_error" if faults else "graded"
        message = f"{faults[0].check.name}: {faults[0].error}" if faults else lost
        return ExerciseResult(
            exercise.id, status, round(sum(check.score for check in checks), 9), self.collected.worth(exercise), checks,
            tuple(shown), message, (*notes, *trouble), subject.output, subject.stopped,
        )  # fmt: skip

    def _findings(
        self, exercise: Exercise, subject: HandedIn, failures: dict[int, Failure], passed: list[Transcript]
    ) -> tuple[dict[int, Finding], list[str]]:
        """Why checks failed, and what went wrong while that was looked for. The score stands in any case."""
        explain = self.explainers[exercise.id].explain
        try:
            try:
                found = explain(failures, passed, subject, self.terms.examples)
            except NurseryError:
                # Another nursery is started, and forks another worker.
                found = explain(failures, passed, subject, self.terms.examples)
        except Exception as error:
            return {}, [f"the failed checks could not be explained ({named(error)})"]
        return found, [
            f"{failures[at].name} could not be explained in full ({finding.trouble})"
            for at, finding in found.items()
            if finding.trouble
        ]


def _given_up(at: int, subject: HandedIn) -> StoppedError | NotRunError | None:
    """Why a check is not put to a submission, where graders before were lost over the answers to it."""
    given_up = [part for exercise, part in subject.job.given_up if exercise == subject.exercise.id and part >= 0]
    if at in given_up:
        return StoppedError(f"stopped: to look at what it returned took more than {limit(subject.exercise, at):g} s")
    if len(given_up) >= MOST_JUDGED and at > max(given_up):
        return NotRunError(f"not run: to look at what it returned took too long, {MOST_JUDGED} times")
    return None


def _broken(subject: HandedIn) -> str:
    """The first sentence on what is no Python; empty where all is."""
    return next((problem.sentence() for problem in subject.loaded.problems if not problem.compiles), "")


def _not_started(subject: HandedIn) -> str:
    source, functions = subject.source, subject.exercise.functions
    others = [name for name in subject.loaded.names if name not in functions]
    places = (instead.not_run(name, source.cells) or instead.other_name(name, others) for name in functions)
    where = next(filter(None, places), "")
    return f"{source.path or source.exercise} is not started{where and f'; {where}'}"
