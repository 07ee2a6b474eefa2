"""Grader processes: each runs one bench, and several run side by side."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import sys
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from multiprocessing import forkserver
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from winnow.course import Course, CourseError, Exercise, Limits, load
from winnow.nurse import Hearth, Line
from winnow.record import ExerciseResult
from winnow.submission import Submission

ATTEMPTS = 2


@dataclass(frozen=True)
class Settings:
    """What a grader process needs to know."""

    root: Path
    layers: tuple[str, ...]
    secret: bytes


@dataclass(frozen=True)
class Terms:
    """How one job is graded where it is not as a learner's is: `winnow doctor` tries many secrets and many mutants.

    `secret` and `limits` replace those of the run. `explain`: say why a check failed, `examples`: with a
    counterexample. `to_the_end`: go on after a failed check.
    """

    secret: bytes | None = None
    limits: Limits | None = None
    explain: bool = True
    examples: bool = True
    to_the_end: bool = True


@dataclass(frozen=True)
class Job:
    """One submission, and which of its exercises to grade."""

    submission: Submission
    exercises: tuple[str, ...]
    terms: Terms = Terms()


# Grader processes are forked from one process that has imported all they need.
FORKS = sys.platform == "linux"


def _main(line: Connection, settings: Settings, lines: list[Line]) -> None:
    from winnow.grading import bench

    # Ctrl-C goes to every process of a terminal; the one that started this one decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    gone = False

    def emit(results: list[ExerciseResult]) -> None:
        nonlocal gone
        try:
            line.send(results)
        except BrokenPipeError:
            # Whoever asked was killed: this process tidies up and ends.
            gone = True

    def jobs() -> Iterator[Job]:
        while not gone:
            try:
                job = line.recv()
            except (EOFError, ConnectionError):
                return
            if job is None:
                return
            yield job

    try:
        course = load(settings.root)
        bench.run(course, jobs(), emit, settings.layers, settings.secret, lines)
    except CourseError as error:
        line.send(error)
    except BrokenPipeError:
        return


def _context(exercises: Iterable[Exercise]) -> Any:
    if not FORKS:
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    needs = {need: None for exercise in exercises for need in exercise.needs}
    # Without effect once the process runs.
    context.set_forkserver_preload([*needs, "winnow.grading.warmed"])
    return context


def light(exercises: Sequence[Exercise], layers: Sequence[str]) -> Hearth:
    """Have all that grading these exercises needs warm up, while the caller does something else.

    `grade` takes the hearth; the caller closes it.
    """
    _context(exercises)
    if FORKS:
        forkserver.ensure_running()
    return Hearth((exercise.needs for exercise in exercises), layers)


class GraderProcess:
    """One grader process, started at once, and again when it is lost.

    Args:
        hearth: nurseries that are there already; without, the process starts its own.
    """

    def __init__(self, settings: Settings, hearth: Hearth | None = None) -> None:
        self.settings = settings
        self._hearth = hearth
        self._start()

    def _start(self) -> None:
        context = _context(load(self.settings.root).exercises)
        self.line, theirs = context.Pipe()
        lines = self._hearth.lines() if self._hearth else []
        # Not a daemon: it has children of its own, the nurseries.
        self._process = context.Process(target=_main, args=(theirs, self.settings, lines), name="winnow-grader")
        self._process.start()
        for line in (theirs, *lines):
            line.close()

    def send(self, job: Job) -> None:
        """Hand over a job."""
        self.line.send(job)

    def receive(self) -> list[ExerciseResult] | None:
        """The results of the job, or None when the process was lost. Raises CourseError when the course is at fault."""
        try:
            answer: Any = self.line.recv()
        except (EOFError, ConnectionError):
            return None
        if isinstance(answer, CourseError):
            raise answer
        results: list[ExerciseResult] = answer
        return results

    def restart(self) -> None:
        """Start anew after the process was lost."""
        self.close()
        self._start()

    def dismiss(self) -> None:
        """Tell it that there is no more to grade."""
        with contextlib.suppress(OSError):
            self.line.send(None)

    def close(self, at_once: bool = False) -> None:
        """Let it end; kill it when it does not, or when it is to end at once. Its nurseries end with it."""
        self.dismiss()
        self.line.close()
        if not at_once:
            self._process.join(5)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


def lost(job: Job, course: Course) -> list[ExerciseResult]:
    """What is recorded when the grader process itself was lost, twice, over a job."""
    said = "the grader process was lost over this submission, twice: please report it"
    points = {exercise.id: exercise.points for exercise in course.exercises}
    return [ExerciseResult(name, "grader_error", 0.0, points[name], message=said) for name in job.exercises]


@dataclass
class _Open:
    """A job that is not done yet: the exercises that wait for a grader, and the results that are there."""

    job: Job
    waiting: list[str]
    results: dict[str, ExerciseResult] = field(default_factory=dict)

    def part(self, exercise: str) -> Job:
        """The job, of this exercise alone."""
        self.waiting.remove(exercise)
        return replace(self.job, exercises=(exercise,))

    def ordered(self) -> list[ExerciseResult]:
        """All results, in the order of the job."""
        return [self.results[name] for name in self.job.exercises]


class _Desk:
    """Deals out jobs exercise by exercise.

    A grader stays with its exercise as long as there is work: what it has learnt of it, the questions drawn and the
    mistakes explained, then serves the whole class, and no other grader need learn it too. Jobs are read only as far
    ahead as that takes, so memory does not grow with the class.
    """

    AHEAD = 16

    def __init__(self, jobs: Iterable[Job], processes: int) -> None:
        self._jobs = iter(jobs)
        self._room = self.AHEAD * processes
        self._open: list[_Open] = []

    def next(self, last: str) -> tuple[_Open, str] | None:
        """A job and the exercise of it to grade now, by whoever graded `last` before; None when there is no more."""
        while len(self._open) < self._room:
            job = next(self._jobs, None)
            if job is None:
                self._room = 0
                break
            self._open.append(_Open(job, list(job.exercises)))
        waiting = Counter(name for one in self._open for name in one.waiting)
        if not waiting:
            return None
        exercise = last if last in waiting else waiting.most_common(1)[0][0]
        return next((one, exercise) for one in self._open if exercise in one.waiting)

    def close(self, done: _Open) -> None:
        """A job is done."""
        self._open.remove(done)


def grade(
    course: Course, jobs: Iterable[Job], settings: Settings, processes: int, hearth: Hearth | None = None
) -> Generator[tuple[Job, list[ExerciseResult]]]:
    """Grade `jobs` on several processes; results come in the order they are done.

    Args:
        hearth: nurseries that are warming up already.

    Raises:
        CourseError: the course is at fault; nothing more is graded.
    """
    desk = _Desk(jobs, processes)
    own: Hearth | None = None
    graders: list[GraderProcess] = []
    busy: dict[Any, tuple[GraderProcess, _Open, Job, int]] = {}

    def assign(grader: GraderProcess, last: str) -> None:
        given = desk.next(last)
        if given is not None:
            one, exercise = given
            part = one.part(exercise)
            grader.send(part)
            busy[grader.line] = grader, one, part, 1

    try:
        for _ in range(processes):
            if desk.next("") is None:
                break
            if hearth is None:
                hearth = own = light(course.exercises, settings.layers)
            graders.append(GraderProcess(settings, hearth))
            assign(graders[-1], "")
        while busy:
            for line in wait(list(busy)):
                grader, one, part, attempt = busy.pop(line)
                results = grader.receive()
                if results is None and attempt < ATTEMPTS:
                    grader.restart()
                    grader.send(part)
                    busy[grader.line] = grader, one, part, attempt + 1
                    continue
                if results is None:
                    grader.restart()
                    results = lost(part, course)
                one.results |= {result.exercise: result for result in results}
                assign(grader, part.exercises[0])
                if len(one.results) == len(one.job.exercises):
                    desk.close(one)
                    yield one.job, one.ordered()
                    if grader.line not in busy:
                        # There may be room again for a job that was not read yet.
                        assign(grader, part.exercises[0])
    finally:
        for grader in graders:
            # They end side by side.
            grader.dismiss()
        for grader in graders:
            # Whoever still has a job was left in the middle of it.
            grader.close(at_once=grader.line in busy)
        if own is not None:
            own.close()
