"""Several grader processes side by side, none of which waits while there is something to grade."""

from __future__ import annotations

import logging
import os
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import wait

from winnow.course import Course, Exercise
from winnow.grading import process_tree
from winnow.grading.desk import Desk, OpenJob
from winnow.grading.job import Job, Settings, pickled
from winnow.grading.process import GraderProcess, lost
from winnow.nurse import Prewarmed
from winnow.record import ExerciseResult

log = logging.getLogger(__name__)


def prewarm(exercises: Sequence[Exercise], layers: Sequence[str]) -> Prewarmed:
    """Have all that grading these exercises needs warm up, while the caller does something else.

    `grade` takes what this returns, and the caller closes it.
    """
    needs = [exercise.needs for exercise in exercises]
    process_tree.prewarm(needs)
    return Prewarmed(needs, layers, process_tree.stem())


@dataclass
class _Given:
    """What a grader was given to do, and how many bytes that is as it is sent."""

    one: OpenJob
    part: Job
    size: int


class _Seat:
    """A grader process, and what it was given: a job that it judges, one whose code runs already, and the next one.

    A grader has its next jobs before the last is done, so that it does not wait while somebody uses the results. A
    grader that one submission holds up is set aside with that submission, and another takes its place.
    """

    DEPTH = 3
    # A grader is held up after so many seconds over one submission, or over learning an exercise: several times what
    # honest ones take. On a busy machine all takes longer; what is not held up would be thrown away, and a new grader
    # adds to what is to be done.
    PATIENCE, LEARNING = 2.0, 5.0
    # So many bytes fit into any line beside those in it: sending them never waits for the grader to read.
    AHEAD = 65536

    def __init__(self, grader: GraderProcess, desk: Desk) -> None:
        self.grader = grader
        self.given: deque[_Given] = deque()
        self.aside = False
        self._since = time.monotonic()
        self._desk = desk
        self._last = ""
        self._learnt: set[str] = set()
        self._kept: tuple[_Given, bytes] | None = None

    def fill(self) -> None:
        """Give the grader its next jobs."""
        while not self.aside and len(self.given) < self.DEPTH:
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
            if not self.given:
                self._since = time.monotonic()
            self.given.append(given)

    def take(self, course: Course) -> tuple[OpenJob, list[ExerciseResult]] | None:
        """The results of the job that was judged; None when there are none yet, or the job is tried again."""
        if not self.grader.begun:
            if not self.grader.begin():
                # No job is at fault.
                self.grader.restart()
                self._send_again()
            # No submission holds a grader up that has not begun.
            self._since = time.monotonic()
            return None
        results = self.grader.receive(self.given[0].part)
        given = self.given.popleft()
        self._since = time.monotonic()
        if results is None:
            again = self.grader.again(given.part)
            if again is not None:
                self.given.appendleft(replace(given, part=again))
            else:
                results = lost(given.part, course)
            self._send_again()
        return None if results is None else (given.one, results)

    @property
    def patience(self) -> float:
        """Seconds until the grader counts as held up, if no results come."""
        looks_since = self.grader.since(self.given[0].part)
        since, patience = (self._since, self.LEARNING) if looks_since is None else (looks_since, self.PATIENCE)
        return max(0.0, since + patience * _crowding() - time.monotonic())

    def set_aside(self) -> None:
        """Leave the grader with the job that it judges. Its other jobs are for other graders."""
        log.debug("a grader is held up by %s", self.given[0].part.submission.student)
        self.aside = self.given[0].one.slow = True
        first, *rest = self.given
        if self._kept is not None:
            rest.append(self._kept[0])
        for each in rest:
            each.one.waiting.extend(each.part.exercises)
        self.given, self._kept = deque([first]), None
        self._desk.leave(self._learnt)

    def _send_again(self) -> None:
        for each in self.given:
            self.grader.send(pickled(each.part))


def _crowding() -> float:
    """How many times as long as on an idle machine work takes: processes for each processor, one at least."""
    try:
        return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
    except OSError:
        return 1.0


def _patient(seats: Iterable[_Seat], processes: int) -> list[_Seat]:
    """The seats that may be set aside when their patience is at its end.

    As many as there are processes may be aside: more would only take the time of one another.
    """
    if sum(seat.aside for seat in seats) >= processes:
        return []
    return [seat for seat in seats if seat.given and seat.grader.begun and not seat.aside]


def grade(
    course: Course,
    jobs: Iterable[Job],
    settings: Settings,
    processes: int,
    prewarmed: Prewarmed | None = None,
    meanwhile: Callable[[], bool] = lambda: False,
) -> Generator[tuple[Job, list[ExerciseResult]]]:
    """Grade `jobs` on several processes. Each job comes with its results once it is done.

    Args:
        prewarmed: nurseries that are warming up already.
        meanwhile: called while there are no results, it does a little of other work; whether there was any.

    Raises:
        CourseError: the course is at fault. Nothing more is graded.
    """
    desk = Desk(jobs, processes)
    own: Prewarmed | None = None
    seats: list[_Seat] = []
    try:
        while True:
            for seat in seats:
                if not seat.given:
                    seat.fill()
            while sum(not seat.aside for seat in seats) < processes and desk.has_more:
                if prewarmed is None:
                    prewarmed = own = prewarm(course.exercises, settings.layers)
                prewarmed.warm(desk.needs(course))
                desk.join()
                seats.append(_Seat(GraderProcess(settings, prewarmed, waiting=False), desk))
                seats[-1].fill()
            busy = {line: seat for seat in seats if seat.given for line in seat.grader.lines}
            if not busy:
                break
            while not (come := wait(list(busy), 0)) and meanwhile():
                pass
            patient = _patient(seats, processes)
            # No grader says when it has learnt its exercise, and is looked at anew from then on: time is short then.
            come = come or wait(list(busy), min((min(seat.patience, seat.PATIENCE) for seat in patient), default=None))
            done = list(dict.fromkeys(busy[line] for line in come))
            for seat in patient:
                if seat not in done and not seat.patience:
                    seat.set_aside()
            for seat in done:
                found = seat.take(course)
                if found is None:
                    continue
                one, results = found
                one.results |= {result.exercise: result for result in results}
                if seat.aside:
                    # The grader would go on with jobs that others have been given.
                    seat.grader.close(at_once=True)
                    seats.remove(seat)
                seat.fill()
                if len(one.results) == len(one.job.exercises):
                    desk.close(one)
                    yield one.job, one.ordered()
                    # There may be room again for jobs that were not read yet.
                    seat.fill()
    finally:
        for seat in seats:
            # All are told first, so that they end side by side.
            seat.grader.dismiss()
        for seat in seats:
            # A grader that still has a job is in the middle of it.
            seat.grader.close(at_once=bool(seat.given))
        if own is not None:
            own.close()
