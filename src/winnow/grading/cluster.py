"""Grading on a Dask cluster: the same results as here, computed on other machines."""

from __future__ import annotations

import itertools
import socket
import threading
from collections.abc import Iterable, Iterator
from multiprocessing import util
from typing import Any

import distributed

from winnow.course import Course, CourseError, load
from winnow.errors import GraderError, UsageError
from winnow.grading.job import Job, Settings
from winnow.grading.process import GraderProcess, lost
from winnow.grading.run import Graders
from winnow.record import ExerciseResult

BATCH = 8
"""Jobs that travel together: enough that the scheduler costs little, few enough to spread over the workers."""
AHEAD = 3
"""Batches in the queue for each thread of the cluster: no thread is idle, and memory does not grow."""
PATIENCE = 30
"""Seconds to wait for the scheduler."""
RETRIES = 5
"""How often a batch may be begun again because its worker was lost."""

_warm: list[GraderProcess] = []
_lock = threading.Lock()


def on_cluster(address: str) -> Graders:
    """What grades jobs on the cluster whose scheduler is at `address`.

    Every worker needs the same winnow, the same course at the same path, and the same sandbox layers. A worker that has
    another course or another winnow refuses to grade.
    """

    def grade(
        course: Course, jobs: Iterable[Job], settings: Settings, processes: int
    ) -> Iterator[tuple[Job, list[ExerciseResult]]]:
        waiting = iter(jobs)
        batch = _take(waiting)
        if not batch:
            return
        with _client(address) as client:
            room = max(1, sum(client.nthreads().values())) * AHEAD
            under_way: dict[Any, list[Job]] = {}
            done = distributed.as_completed(loop=client.loop)
            while batch or under_way:
                while batch and len(under_way) < room:
                    future = client.submit(_grade_batch, settings, batch, retries=RETRIES, pure=False)
                    under_way[future] = batch
                    done.add(future)
                    batch = _take(waiting)
                future = next(done)
                sent = under_way.pop(future)
                yield from zip(sent, _answers(future, sent, course), strict=True)

    return grade


def _client(address: str) -> Any:
    """A client of the scheduler at `address`. Raises UsageError, at once where nothing listens there."""
    host, colon, port = address.rpartition("://")[2].rpartition(":")
    if not colon or not port.isdigit():
        raise UsageError(f"--scheduler {address}: an address is tcp://HOST:PORT, as dask scheduler prints it")
    try:
        # Dask itself would go on trying, and tell of it in tracebacks.
        socket.create_connection((host.strip("[]"), int(port)), timeout=PATIENCE).close()
        return distributed.Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, OverflowError) as error:
        raise UsageError(f"--scheduler {address}: no Dask scheduler answers there ({error})") from None


def _take(jobs: Iterator[Job]) -> list[Job]:
    return list(itertools.islice(jobs, BATCH))


def _answers(future: Any, sent: list[Job], course: Course) -> list[list[ExerciseResult]]:
    try:
        answers: list[list[ExerciseResult]] = future.result()
        return answers
    except distributed.KilledWorker:
        # A worker was lost over this batch each time. Which of its jobs ends workers is found out by the next run.
        return [lost(job, course) for job in sent]
    except (OSError, TimeoutError, distributed.CancelledError) as error:
        raise GraderError(f"the cluster was lost ({error}); what was graded is kept, run again to go on") from None


def _grade_batch(settings: Settings, jobs: list[Job]) -> list[list[ExerciseResult]]:
    """On a worker: each of its threads has one grader process, which is kept from one batch to the next.

    A process of winnow's own grades, because the worker's has threads, which a fork does not take along.
    """
    try:
        grader = _borrow(settings)
        try:
            results = [_grade(grader, job) for job in jobs]
        except BaseException:
            grader.close(at_once=True)
            raise
    except CourseError as error:
        raise CourseError(f"the worker at {distributed.get_worker().address}: {error}") from None
    with _lock:
        _warm.append(grader)
    return results


def _borrow(settings: Settings) -> GraderProcess:
    with _lock:
        for grader in list(_warm):
            if grader.settings == settings:
                _warm.remove(grader)
                return grader
            if grader.settings.root == settings.root and grader.settings.basis != settings.basis:
                # The course was changed since.
                _warm.remove(grader)
                grader.close(at_once=True)
        if not _warm:
            # Dask's workers are processes of multiprocessing's, which end without `atexit`.
            util.Finalize(None, _end, exitpriority=10)
    return GraderProcess(settings)


def _end() -> None:
    for grader in _warm:
        grader.close(at_once=True)
    _warm.clear()


def _grade(grader: GraderProcess, job: Job) -> list[ExerciseResult]:
    trying: Job | None = job
    while trying is not None:
        grader.send(trying)
        results = grader.receive(trying)
        if results is not None:
            return results
        trying = grader.again(trying)
    return lost(job, load(grader.settings.root))
