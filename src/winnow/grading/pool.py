"""Grader processes: each runs one bench, and several run side by side."""

from __future__ import annotations

import contextlib
import socket
from collections import Counter, deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection, wait
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from typing import Any

from winnow.course import Course, CourseError, Exercise, Limits, load
from winnow.errors import GraderError
from winnow.grading import forks
from winnow.nurse import Ends, Hearth, Line
from winnow.record import ExerciseResult
from winnow.store import exercise_digest, key
from winnow.submission import Source, Submission

ATTEMPTS = 2


@dataclass(frozen=True)
class Settings:
    """What a grader process needs to know, and what a result depends on beside the submission.

    `basis`: digests of what verdicts follow from, by exercise, as whoever asks for them found it; results are kept
    under these. `modules`: those that are asked about, where they are not all.
    """

    root: Path
    layers: tuple[str, ...]
    secret: bytes
    basis: tuple[tuple[str, bytes], ...]
    modules: tuple[str, ...] | None = None

    @classmethod
    def of(cls, course: Course, layers: Iterable[str], secret: bytes) -> Settings:
        """The settings for a course as its files are now."""
        basis = tuple((exercise.id, exercise_digest(exercise)) for exercise in course.exercises)
        return cls(course.root, tuple(layers), secret, basis)

    def key(self, source: Source, exercise: str) -> str:
        """The key under which the result of what was handed in for an exercise is kept."""
        return key(source, dict(self.basis)[exercise], self.secret, self.layers)

    def course(self) -> Course:
        """The course, or the part of it that is asked about.

        Raises:
            CourseError: it is not the course that was asked about: a file of it, or the engine, is another.
        """
        course = load(self.root)
        if self.modules is not None:
            course = course.only(self.modules)
        asked = dict(self.basis)
        for exercise in course.exercises:
            if asked.get(exercise.id) != exercise_digest(exercise):
                raise CourseError(
                    f"the checks of {exercise.id} in {self.root}, or winnow itself, are not those that this run began "
                    "with: nothing is graded by them; run again, with the same course and the same winnow everywhere"
                )
        return course


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


def _main(line: Connection, descriptors: Sequence[int], settings: Settings, about: Sequence[Ends]) -> None:
    from winnow.grading import bench

    lines = [Line(socket.socket(fileno=fd), *ends) for fd, ends in zip(descriptors, about, strict=True)]
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
        course = settings.course()
        bench.run(course, jobs(), emit, settings.layers, settings.secret, lines)
    except CourseError as error:
        line.send(error)
    except BrokenPipeError:
        return


def kindle(exercises: Iterable[Exercise]) -> None:
    """Have what grading these exercises needs imported, while the caller does something else."""
    with contextlib.suppress(OSError):
        # It is told by whoever needs it.
        forks.kindle([exercise.needs for exercise in exercises])


def light(exercises: Sequence[Exercise], layers: Sequence[str]) -> Hearth:
    """Have all that grading these exercises needs warm up, while the caller does something else.

    `grade` takes the hearth; the caller closes it.
    """
    kindle(exercises)
    stem = None
    with contextlib.suppress(OSError):
        stem = forks.stem()
    return Hearth((exercise.needs for exercise in exercises), layers, stem)


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
        needs = [exercise.needs for exercise in self.settings.course().exercises]
        lines = self._hearth.lines() if self._hearth else []
        try:
            self._fork = forks.Fork(
                _main,
                self.settings,
                [line.ends for line in lines],
                needs=needs,
                descriptors=[line.descriptor for line in lines],
            )
        except OSError as error:
            raise GraderError(f"no grader process can be started: {error}") from None
        finally:
            for line in lines:
                line.close()
        self.line: Any = self._fork.line

    def send(self, job: Job | bytes) -> None:
        """Hand over a job, or one that is `pickled`. That the process is lost is met when results are read."""
        with contextlib.suppress(OSError):
            self.line.send_bytes(job if isinstance(job, bytes) else pickled(job))

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
        if at_once or not self._fork.join(5):
            self._fork.kill()
        self._fork.close()


def pickled(job: Job) -> bytes:
    """A job as it is sent. What is learners' in it is text."""
    return bytes(ForkingPickler.dumps(job))


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
        self._processes = processes
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

    @property
    def scarce(self) -> bool:
        """Whether what is left is to be kept for graders that have nothing to do."""
        return sum(len(one.waiting) for one in self._open) <= self._processes

    def close(self, done: _Open) -> None:
        """A job is done."""
        self._open.remove(done)


@dataclass
class _Given:
    """What a grader was given to do, and for which time."""

    one: _Open
    part: Job
    attempt: int = 1


class _Seat:
    """A grader process, and what it was given: what it is doing now, and what it does next.

    The next is there before the last is done, so that no grader waits while whoever asked for results uses them.
    """

    # What fits into any pipe beside what is in it: whoever sends it need never wait for the grader to read.
    AHEAD = 65536

    def __init__(self, grader: GraderProcess, desk: _Desk) -> None:
        self.grader = grader
        self.given: deque[_Given] = deque()
        self._desk = desk
        self._last = ""
        self._kept: tuple[_Given, bytes] | None = None

    def fill(self) -> None:
        """Give it the next one or two things to do."""
        while len(self.given) < 2:
            if self.given and self._desk.scarce:
                return
            if self._kept is None:
                found = self._desk.next(self._last)
                if found is None:
                    return
                one, self._last = found
                part = one.part(self._last)
                self._kept = _Given(one, part), pickled(part)
            given, data = self._kept
            if self.given and len(data) > self.AHEAD:
                return
            self._kept = None
            self.grader.send(data)
            self.given.append(given)

    def take(self, course: Course) -> tuple[_Open, list[ExerciseResult]] | None:
        """The results of what it was doing; None when it was lost and has to try again."""
        results = self.grader.receive()
        given = self.given.popleft()
        if results is None:
            self.grader.restart()
            if given.attempt < ATTEMPTS:
                given.attempt += 1
                self.given.appendleft(given)
            else:
                results = lost(given.part, course)
            for waiting in self.given:
                self.grader.send(pickled(waiting.part))
        return None if results is None else (given.one, results)


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
    seats: list[_Seat] = []
    try:
        for _ in range(processes):
            if desk.next("") is None:
                break
            if hearth is None:
                hearth = own = light(course.exercises, settings.layers)
            seats.append(_Seat(GraderProcess(settings, hearth), desk))
            seats[-1].fill()
        while busy := {seat.grader.line: seat for seat in seats if seat.given}:
            for line in wait(list(busy)):
                seat = busy[line]
                found = seat.take(course)
                if found is None:
                    continue
                one, results = found
                one.results |= {result.exercise: result for result in results}
                seat.fill()
                if len(one.results) == len(one.job.exercises):
                    desk.close(one)
                    yield one.job, one.ordered()
                    # There may be room again for jobs that were not read yet.
                    seat.fill()
    finally:
        for seat in seats:
            # They end side by side.
            seat.grader.dismiss()
        for seat in seats:
            # Whoever still has a job was left in the middle of it.
            seat.grader.close(at_once=bool(seat.given))
        if own is not None:
            own.close()
