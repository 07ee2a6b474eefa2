"""What a grader may compute over what one submission sent: reading, judging and explaining have a limit each.

The kernel counts the CPU of the grader during one stretch of such work. Where the stretch is over its limit, Python's
handler of the signal writes a byte to whoever waits for the results, which it does in the middle of C, too. The grader
is then killed, and another takes its place; a page that both share says what took too long, and that is given up: a
check counts as failed, an explanation is left out. The page also says since when the grader looks at a submission.
"""

from __future__ import annotations

import contextlib
import logging
import mmap
import os
import resource
import signal
import socket
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from winnow.checks.subjects import LearnersOwnError
from winnow.course import Exercise
from winnow.grading.job import Job, Part

READING, EXPLAINING = -1, -2
"""The parts of an exercise that are no check."""
Budgeted = Callable[[Job, Exercise, int], AbstractContextManager[None]]
"""Within which one part of a job is worked on: the job, the exercise, and the part of it."""

# How many times the limit of one check: a course explains each misconception once, to the first learner who has it.
EXPLANATION = 4
# After so many checks of an exercise that took too long to run, or to look at, the rest is given up. Running one may
# take twice as long.
MOST_RUN, MOST_JUDGED = 2, 3
# Bytes that a grader may come to have above what it has when it begins.
MEMORY = 2 << 30

log = logging.getLogger(__name__)
_FORM = struct.Struct("=qiid")


def limit(exercise: Exercise, part: int) -> float:
    """Seconds of CPU for one part. What honest answers take is a tenth of them, or less."""
    return exercise.limits.judging * (EXPLANATION if part == EXPLAINING else 1)


class Alarm:
    """What whoever waits for a grader sees of its budget. `descriptors` are for the grader."""

    def __init__(self) -> None:
        self.bell, self._theirs = socket.socketpair()
        self.bell.setblocking(False)
        self._theirs.setblocking(False)
        self._file = os.memfd_create("winnow-budget")
        os.ftruncate(self._file, _FORM.size)
        self._page = mmap.mmap(self._file, _FORM.size)

    @property
    def descriptors(self) -> tuple[int, int]:
        return self._theirs.fileno(), self._file

    def handed_over(self) -> None:
        """The grader has its copies: the bell shall be closed with it."""
        self._theirs.close()
        os.close(self._file)

    def over(self, job: Job) -> Part | None:
        """The part of the job over which the grader has used up its budget; None where it has not."""
        rung = b""
        with contextlib.suppress(OSError):
            rung = self.bell.recv(256)
        # Other signals, such as Ctrl-C, ring as well.
        if signal.SIGPROF not in rung:
            return None
        ticket, exercise, part, _ = _FORM.unpack_from(self._page)
        return (job.exercises[exercise], part) if ticket == job.ticket else None

    def since(self, job: Job) -> float | None:
        """When the grader began to look at what came with the job, by the monotonic clock; None where it has not."""
        ticket, _, _, since = _FORM.unpack_from(self._page)
        return since if ticket == job.ticket else None

    def close(self) -> None:
        self.bell.close()
        self._page.close()


class Budget:
    """The grader's side. There is one in a process, which holds its timer of CPU and its handler of SIGPROF."""

    def __init__(self, bell: int, page: int) -> None:
        self._page = mmap.mmap(page, _FORM.size)
        os.close(page)
        self._since = -1, 0.0
        signal.signal(signal.SIGPROF, _end)
        signal.set_wakeup_fd(bell, warn_on_full_buffer=False)

    @contextlib.contextmanager
    def __call__(self, job: Job, exercise: Exercise, part: int) -> Iterator[None]:
        """Work on one part."""
        if self._since[0] != job.ticket:
            self._since = job.ticket, time.monotonic()
        ticket, since = self._since
        _FORM.pack_into(self._page, 0, ticket, job.exercises.index(exercise.id), part, since)
        signal.setitimer(signal.ITIMER_PROF, limit(exercise, part))
        try:
            yield
        finally:
            left, _ = signal.setitimer(signal.ITIMER_PROF, 0)
            used = limit(exercise, part) - left
            log.debug("%s of %s, part %d: %.3f s of CPU", exercise.id, job.submission.student, part, used)


def _end(*_: Any) -> None:
    """Nothing comes out of a process that is over its budget: the bell has rung already."""
    os._exit(1)


def limit_memory() -> None:
    """Hold this process to `MEMORY`; what needs more raises MemoryError, or in torch a RuntimeError."""
    with contextlib.suppress(OSError, StopIteration, ValueError):
        told = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmData:"))
        most = (int(told.split()[1]) << 10) + MEMORY
        resource.setrlimit(resource.RLIMIT_DATA, (most, resource.getrlimit(resource.RLIMIT_DATA)[1]))


def out_of_memory(error: BaseException | None) -> bool:
    """Whether an exception of this process says that there was no memory left; a learner's own may say anything."""
    if isinstance(error, LearnersOwnError):
        return False
    return isinstance(error, MemoryError) or (isinstance(error, RuntimeError) and "can't allocate memory" in str(error))


def unlimited(job: Job, exercise: Exercise, part: int) -> AbstractContextManager[None]:
    """No budget: for whoever looks at nobody's work but their own."""
    return contextlib.nullcontext()
