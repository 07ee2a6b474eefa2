"""Grader processes: each runs one bench, and several run side by side."""

from __future__ import annotations

import contextlib
import itertools
import socket
from collections import Counter, deque
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
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
from winnow.submission import Source, Submission, imports

ATTEMPTS = 2
STARTS = 5


@dataclass(frozen=True)
class Settings:
    """What a grader process needs to know, and what a result depends on beside the submission.

    `basis`: digests of what verdicts follow from, by exercise, as whoever asks for them found it; results are kept
    under these. `exercises`: those that are asked about, where they are not all. `draft`: as of the course.
    """

    root: Path
    layers: tuple[str, ...]
    secret: bytes
    basis: tuple[tuple[str, bytes], ...]
    exercises: tuple[str, ...] | None = None
    draft: bool = False

    @classmethod
    def of(cls, course: Course, layers: Iterable[str], secret: bytes) -> Settings:
        """The settings for a course as its files are now."""
        basis = tuple((exercise.id, exercise_digest(exercise)) for exercise in course.exercises)
        part = None if course.whole is None else tuple(exercise.id for exercise in course.exercises)
        return cls(course.root, tuple(layers), secret, basis, part, course.draft)

    def key(self, source: Source, exercise: str) -> str:
        """The key under which the result of what was handed in for an exercise is kept."""
        return key(source, dict(self.basis)[exercise], self.secret, self.layers)

    def course(self) -> Course:
        """The course, or the part of it that is asked about.

        Raises:
            CourseError: it is not the course that was asked about: a file of it, or the engine, is another.
        """
        course = load(self.root, self.draft)
        if self.exercises is not None:
            course = course.part(self.exercises)
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
    """One submission, and which of its exercises to grade. `ticket`: what its results are known by."""

    submission: Submission
    exercises: tuple[str, ...]
    terms: Terms = Terms()
    ticket: int = field(default_factory=itertools.count().__next__, compare=False)


class _Jobs(Iterator[Job]):
    """The jobs that come over a line, until there are no more."""

    def __init__(self, line: Connection) -> None:
        self._line = line
        self.over = False

    def __next__(self) -> Job:
        if self.over or (job := self._read()) is None:
            raise StopIteration
        return job

    def come(self) -> Job | None:
        """The next, if it is there."""
        return self._read() if not self.over and self._line.poll() else None

    def _read(self) -> Job | None:
        job: Job | None = None
        with contextlib.suppress(EOFError, ConnectionError):
            job = self._line.recv()
        self.over = job is None
        return job


def _main(line: Connection, descriptors: Sequence[int], settings: Settings, about: Sequence[Ends]) -> None:
    from winnow.grading import bench

    lines = [Line(socket.socket(fileno=fd), *ends) for fd, ends in zip(descriptors, about, strict=True)]
    jobs = _Jobs(line)

    def emit(job: Job, results: list[ExerciseResult]) -> None:
        try:
            line.send((job.ticket, results))
        except BrokenPipeError:
            # Whoever asked was killed: this process tidies up and ends.
            jobs.over = True

    try:
        course = settings.course()
        bench.run(course, jobs, emit, settings.layers, settings.secret, lines, jobs.come)
    except CourseError as error:
        line.send(error)
    except BrokenPipeError:
        return


def light(exercises: Sequence[Exercise], layers: Sequence[str]) -> Hearth:
    """Have all that grading these exercises needs warm up, while the caller does something else.

    `grade` takes the hearth; the caller closes it.
    """
    needs = [exercise.needs for exercise in exercises]
    forks.kindle(needs)
    return Hearth(needs, layers, forks.stem())


class GraderProcess:
    """One grader process, started at once, and again when it is lost.

    Args:
        hearth: nurseries that are there already; without, the process starts its own.
        waiting: until it has begun; otherwise `begin` is to be called before results are read.

    Raises:
        GraderError: it cannot be started.
    """

    def __init__(self, settings: Settings, hearth: Hearth | None = None, waiting: bool = True) -> None:
        self.settings = settings
        self._hearth = hearth
        self._needs = [exercise.needs for exercise in settings.course().exercises]
        self._starts = 0
        self._start()
        while waiting and not self.begin():
            self.restart()

    def _start(self) -> None:
        self._starts += 1
        if self._starts > STARTS:
            raise GraderError("no grader process can be started: it was lost at once")
        lines = self._hearth.lines() if self._hearth else []
        try:
            self._fork = forks.Fork(
                _main,
                self.settings,
                [line.ends for line in lines],
                needs=self._needs,
                descriptors=[line.descriptor for line in lines],
            )
        except OSError as error:
            raise GraderError(f"no grader process can be started: {error}") from None
        finally:
            for line in lines:
                line.close()
        self.line: Any = self._fork.line
        self.begun = False

    def begin(self) -> bool:
        """Wait until it has begun; False when it was lost before it could."""
        self.begun = self._fork.begin()
        if self.begun:
            self._starts = 0
        return self.begun

    def send(self, job: Job | bytes) -> None:
        """Hand over a job, or one that is `pickled`. That the process is lost is met when results are read."""
        with contextlib.suppress(OSError):
            self.line.send_bytes(job if isinstance(job, bytes) else pickled(job))

    def receive(self, job: Job) -> list[ExerciseResult] | None:
        """The results of the job, or None when the process was lost.

        Raises:
            CourseError: the course is at fault.
            GraderError: they are another job's.
        """
        try:
            answer: Any = self.line.recv()
        except (EOFError, ConnectionError):
            return None
        if isinstance(answer, CourseError):
            raise answer
        ticket, results = answer
        if (ticket, {result.exercise for result in results}) != (job.ticket, set(job.exercises)):
            raise GraderError("a grader process has answered for another submission: please report it")
        found: list[ExerciseResult] = results
        return found

    def restart(self) -> None:
        """Start anew after the process was lost. Nobody waits until it has begun."""
        self.close()
        self._start()

    def dismiss(self) -> None:
        """Tell it that there is no more to grade."""
        with contextlib.suppress(OSError):
            self.line.send(None)

    def close(self, at_once: bool = False) -> None:
        """Let it end; kill it when it does not, or when it is to end at once. Its nurseries end with it."""
        self.dismiss()
        if at_once:
            self._fork.kill()
        self.line.close()
        if not self._fork.join(5):
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
    mistakes explained, then serves the whole class. It has the code of two submissions run side by side, so half as
    many graders as processors keep all of them busy, and that another learns the exercise too pays only where there is
    much to do. Jobs are read only as far ahead as that takes, so memory does not grow with the class.

    `graders`: how many there are.
    """

    AHEAD = 16
    ENOUGH = 48
    """So many jobs of an exercise for each grader that has learnt it, before one more learns it."""

    def __init__(self, jobs: Iterable[Job], processes: int) -> None:
        self.graders = 0
        self._jobs = iter(jobs)
        self._processes = processes
        self._room = self.AHEAD * processes
        self._open: list[_Open] = []
        self._dealt: Counter[str] = Counter()
        self._learners: Counter[str] = Counter()

    def next(self, last: str, learnt: set[str]) -> tuple[_Open, str] | None:
        """A job and the exercise of it to grade now, by whoever graded `last` before; None when there is nothing.

        Args:
            learnt: all that it graded before; what it is given now is added.
        """
        exercise = self._choice(last, learnt)
        if exercise is None:
            return None
        self._dealt[exercise] += 1
        self._learners[exercise] += exercise not in learnt
        learnt.add(exercise)
        return next((one, exercise) for one in self._open if exercise in one.waiting)

    def _choice(self, last: str, learnt: Collection[str]) -> str | None:
        while len(self._open) < self._room:
            job = next(self._jobs, None)
            if job is None:
                self._room = 0
                break
            self._open.append(_Open(job, list(job.exercises)))
        waiting = Counter(name for one in self._open for name in one.waiting)
        if last in waiting:
            return last
        return next((name for name, _ in waiting.most_common() if name in learnt or self._pays(name)), None)

    def _pays(self, exercise: str) -> bool:
        """Whether one more grader should learn an exercise."""
        learners = self._learners[exercise]
        return 2 * learners < self._processes or self._dealt[exercise] >= self.ENOUGH * learners

    def needs(self, course: Course) -> Iterator[set[str]]:
        """What the code imports that is to be graded next, beside what its exercise needs."""
        asked = {exercise.id: exercise.needs for exercise in course.exercises}
        for one in self._open:
            for name in one.waiting:
                yield {*asked[name], *imports(one.job.submission.sources[name])}

    @property
    def has_more(self) -> bool:
        """Whether there is something to do for another grader."""
        return self._choice("", ()) is not None

    @property
    def scarce(self) -> bool:
        """Whether what is left is to be kept for graders that have nothing to do."""
        return 1 < self.graders >= sum(len(one.waiting) for one in self._open)

    def close(self, done: _Open) -> None:
        """A job is done."""
        self._open.remove(done)


@dataclass
class _Given:
    """What a grader was given to do, and for which time."""

    one: _Open
    part: Job
    size: int
    attempt: int = 1


class _Seat:
    """A grader process, and what it was given: what it judges now, what runs already, and what comes next.

    They are there before the last is done, so that no grader waits while whoever asked for results uses them.
    """

    DEPTH = 3
    # What fits into any line beside what is in it: whoever sends it need never wait for the grader to read.
    AHEAD = 65536

    def __init__(self, grader: GraderProcess, desk: _Desk) -> None:
        self.grader = grader
        self.given: deque[_Given] = deque()
        self._desk = desk
        self._last = ""
        self._learnt: set[str] = set()
        self._kept: tuple[_Given, bytes] | None = None

    def fill(self) -> None:
        """Give it the next things to do."""
        while len(self.given) < self.DEPTH:
            if self.given and self._desk.scarce:
                return
            if self._kept is None:
                found = self._desk.next(self._last, self._learnt)
                if found is None:
                    return
                one, self._last = found
                part = one.part(self._last)
                data = pickled(part)
                self._kept = _Given(one, part, len(data)), data
            given, data = self._kept
            if self.given and given.size + sum(each.size for each in list(self.given)[1:]) > self.AHEAD:
                return
            self._kept = None
            self.grader.send(data)
            self.given.append(given)

    def take(self, course: Course) -> tuple[_Open, list[ExerciseResult]] | None:
        """The results of what it was doing; None when there are none yet, or it was lost and has to try again."""
        if not self.grader.begun:
            if not self.grader.begin():
                # No job is at fault.
                self.grader.restart()
                self._send_again()
            return None
        results = self.grader.receive(self.given[0].part)
        given = self.given.popleft()
        if results is None:
            self.grader.restart()
            if given.attempt < ATTEMPTS:
                given.attempt += 1
                self.given.appendleft(given)
            else:
                results = lost(given.part, course)
            self._send_again()
        return None if results is None else (given.one, results)

    def _send_again(self) -> None:
        for each in self.given:
            self.grader.send(pickled(each.part))


def grade(
    course: Course,
    jobs: Iterable[Job],
    settings: Settings,
    processes: int,
    hearth: Hearth | None = None,
    meanwhile: Callable[[], bool] = lambda: False,
) -> Generator[tuple[Job, list[ExerciseResult]]]:
    """Grade `jobs` on several processes; results come in the order they are done.

    Args:
        hearth: nurseries that are warming up already.
        meanwhile: does a little of what else there is to do, while there are no results; whether there was something.

    Raises:
        CourseError: the course is at fault; nothing more is graded.
    """
    desk = _Desk(jobs, processes)
    own: Hearth | None = None
    seats: list[_Seat] = []
    try:
        while True:
            for seat in seats:
                if not seat.given:
                    seat.fill()
            while len(seats) < processes and desk.has_more:
                if hearth is None:
                    hearth = own = light(course.exercises, settings.layers)
                hearth.warm(desk.needs(course))
                desk.graders += 1
                seats.append(_Seat(GraderProcess(settings, hearth, waiting=False), desk))
                seats[-1].fill()
            busy = {seat.grader.line: seat for seat in seats if seat.given}
            if not busy:
                break
            while not (come := wait(list(busy), 0)) and meanwhile():
                pass
            for line in come or wait(list(busy)):
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
