"""One grader process, which runs one bench: it is started, given jobs, and started again when it is lost.

A bench has a process of its own, so that the run goes on when an answer takes it too much time or memory. The process
is forked from one that has the imports, because importing takes longer than grading.
"""

from __future__ import annotations

import contextlib
import logging
import socket
from collections.abc import Iterator, Sequence
from dataclasses import replace
from multiprocessing.connection import Connection, wait
from typing import Any

from winnow.course import Course, CourseError
from winnow.errors import GraderError
from winnow.grading import process_tree
from winnow.grading.budget import Alarm, Budget, limit_memory
from winnow.grading.job import Job, Part, Settings, pickled
from winnow.nurse import Ends, Line, Prewarmed
from winnow.record import ExerciseResult

log = logging.getLogger(__name__)

ATTEMPTS = 2
"""How often a job is tried where the process is lost over it."""
STARTS = 5
"""How often a process is started anew that was lost at once."""


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
        """The next job, where it has come already."""
        return self._read() if not self.over and self._line.poll() else None

    def _read(self) -> Job | None:
        job: Job | None = None
        with contextlib.suppress(EOFError, ConnectionError):
            job = self._line.recv()
        self.over = job is None
        return job


def _main(line: Connection, descriptors: Sequence[int], settings: Settings, about: Sequence[Ends]) -> None:
    from winnow.grading import bench

    limit_memory()
    bell, page, *nurseries = descriptors
    lines = [Line(socket.socket(fileno=fd), *ends) for fd, ends in zip(nurseries, about, strict=True)]
    jobs = _Jobs(line)

    def emit(job: Job, results: list[ExerciseResult]) -> None:
        try:
            line.send((job.ticket, results))
        except BrokenPipeError:
            # Whoever asked was killed: this process tidies up and ends.
            jobs.over = True

    try:
        course = settings.course()
        bench.run(course, jobs, emit, settings.layers, settings.secret, lines, jobs.come, Budget(bell, page))
    except CourseError as error:
        line.send(error)
    except BrokenPipeError:
        return


class GraderProcess:
    """One grader process, started at once, and again when it is lost.

    Args:
        prewarmed: nurseries that are there already. Without them, the process starts its own.
        waiting: wait until the process has begun. Otherwise call `begin` before results are read.

    Raises:
        GraderError: the process cannot be started.
    """

    def __init__(self, settings: Settings, prewarmed: Prewarmed | None = None, waiting: bool = True) -> None:
        self.settings = settings
        self._prewarmed = prewarmed
        self._needs = [exercise.needs for exercise in settings.course().exercises]
        self._starts = 0
        self._start()
        while waiting and not self.begin():
            self.restart()

    def _start(self) -> None:
        self._starts += 1
        if self._starts > STARTS:
            said = process_tree.last_words()
            raise GraderError(f"no grader process can be started: it was lost at once{f' ({said})' if said else ''}")
        lines = self._prewarmed.lines() if self._prewarmed else []
        self._alarm = Alarm()
        self._over: Part | None = None
        try:
            self._fork = process_tree.Fork(
                _main,
                self.settings,
                [line.ends for line in lines],
                needs=self._needs,
                descriptors=[*self._alarm.descriptors, *(line.descriptor for line in lines)],
            )
        except OSError as error:
            raise GraderError(f"no grader process can be started: {error}") from None
        finally:
            self._alarm.handed_over()
            for line in lines:
                line.close()
        self.line: Any = self._fork.line
        self.begun = False

    def begin(self) -> bool:
        """Wait until the process has begun; False when it was lost before."""
        self.begun = self._fork.begin()
        if self.begun:
            self._starts = 0
        log.debug("a grader %s", "has begun" if self.begun else "was lost before it began")
        return self.begun

    def send(self, job: Job | bytes) -> None:
        """Hand over a job, or one that is `pickled`. A process that is lost is noticed when results are read."""
        with contextlib.suppress(OSError):
            self.line.send_bytes(job if isinstance(job, bytes) else pickled(job))

    @property
    def lines(self) -> tuple[Any, Any]:
        """The lines on which something comes when there are results, or when there will be none."""
        return self.line, self._alarm.bell

    def since(self, job: Job) -> float | None:
        """When the process began to look at what came with the job; None where it still learns what it is asked."""
        return self._alarm.since(job)

    def receive(self, job: Job) -> list[ExerciseResult] | None:
        """The results of the job, or None when the process was lost, or has used up its budget.

        Raises:
            CourseError: the course is at fault.
            GraderError: the results are another job's.
        """
        if not self.begun and not self.begin():
            return None
        try:
            # Where something has come over the line, it was sent before the bell rang, or the line has ended.
            if self.line not in wait(self.lines) and (over := self._alarm.over(job)):
                self._over = over
                self._fork.kill()
            answer: Any = self.line.recv()
        except (EOFError, ConnectionError):
            self._over = self._over or self._alarm.over(job)
            log.debug("a grader was lost over %s, %s (%s)", job.submission.student, job.exercises, self._over)
            return None
        if isinstance(answer, CourseError):
            raise answer
        ticket, results = answer
        if (ticket, {result.exercise for result in results}) != (job.ticket, set(job.exercises)):
            raise GraderError("a grader process has answered for another submission: please report it")
        found: list[ExerciseResult] = results
        return found

    def again(self, job: Job) -> Job | None:
        """Start anew after the process was lost over the job; the job to try next, or None where it is given up."""
        over = self._over
        self.restart()
        if over is not None and over not in job.given_up:
            return replace(job, given_up=(*job.given_up, over))
        return replace(job, attempt=job.attempt + 1) if job.attempt < ATTEMPTS else None

    def restart(self) -> None:
        """Start anew after the process was lost. Nobody waits until it has begun."""
        self.close()
        self._start()

    def dismiss(self) -> None:
        """Tell the process that there is no more to grade."""
        with contextlib.suppress(OSError):
            self.line.send(None)

    def close(self, at_once: bool = False) -> None:
        """Let the process end; kill it where it does not end, or `at_once`. Its nurseries end with it."""
        self.dismiss()
        if at_once:
            self._fork.kill()
        self.line.close()
        if not self._fork.join(5):
            self._fork.kill()
        self._fork.close()
        self._alarm.close()


def lost(job: Job, course: Course) -> list[ExerciseResult]:
    """The results of a job over which the grader process itself was lost twice."""
    said = "the grader process was lost over this submission, twice: please report it"
    points = {exercise.id: exercise.points for exercise in course.exercises}
    return [ExerciseResult(name, "grader_error", 0.0, points[name], message=said) for name in job.exercises]
