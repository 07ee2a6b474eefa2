"""Grader processes: each runs one bench, and several run side by side."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from winnow.course import Course, CourseError, Limits, load
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


def _context(settings: Settings) -> Any:
    if not FORKS:
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    needs = {need: None for exercise in load(settings.root).exercises for need in exercise.needs}
    context.set_forkserver_preload([*needs, "winnow.grading.warmed"])
    return context


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
        context = _context(self.settings)
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

    def close(self, at_once: bool = False) -> None:
        """Let it end; kill it when it does not, or when it is to end at once. Its nurseries end with it."""
        with contextlib.suppress(OSError):
            self.line.send(None)
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


def grade(
    course: Course, jobs: Iterable[Job], settings: Settings, processes: int
) -> Iterator[tuple[Job, list[ExerciseResult]]]:
    """Grade `jobs` on several processes; results come in the order they are done.

    Jobs are taken from the iterable only as processes become free, so memory does not grow with the class.

    Raises:
        CourseError: the course is at fault; nothing more is graded.
    """
    waiting = iter(jobs)
    graders: list[GraderProcess] = []
    busy: dict[Any, tuple[GraderProcess, Job, int]] = {}

    def assign(grader: GraderProcess) -> None:
        job = next(waiting, None)
        if job is not None:
            grader.send(job)
            busy[grader.line] = grader, job, 1

    hearth = None
    try:
        for _ in range(processes):
            job = next(waiting, None)
            if job is None:
                break
            hearth = hearth or Hearth((exercise.needs for exercise in course.exercises), settings.layers)
            grader = GraderProcess(settings, hearth)
            graders.append(grader)
            grader.send(job)
            busy[grader.line] = grader, job, 1
        while busy:
            for line in wait(list(busy)):
                grader, job, attempt = busy.pop(line)
                results = grader.receive()
                if results is None and attempt < ATTEMPTS:
                    grader.restart()
                    grader.send(job)
                    busy[grader.line] = grader, job, attempt + 1
                    continue
                if results is None:
                    grader.restart()
                    results = lost(job, course)
                yield job, results
                assign(grader)
    finally:
        # Whoever still has a job was left in the middle of it.
        for grader in graders:
            grader.close(at_once=grader.line in busy)
        if hearth is not None:
            hearth.close()
