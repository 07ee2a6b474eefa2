"""The limit that holds in a learner's own pytest: code that takes longer than its exercise may is stopped.

CPU counts, and the time that the code chooses to wait, as in grading (`worker/clock.py`). Where the system does not
tell the one from the other (macOS), a wait counts a tenth; where it has no such timer (Windows), nothing is stopped.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from types import FrameType, TracebackType
from typing import Any

from winnow.worker.clock import Clock, too_long

TICK = 0.5
"""Seconds from look to look; and after which code that has caught the exception is stopped for good."""
PAUSE = 4 * TICK
"""A look that comes so late was held up by nothing that the code chose: Ctrl-Z, or a lid that was closed."""


class TooLongError(BaseException):
    """The learner's function has taken as long as it may. Not an Exception, so that no `except Exception` keeps it."""


@contextlib.contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """While this lasts, TooLongError is raised in it once it has used so many seconds.

    Nothing is stopped from when a debugger is there, which may wait at its prompt, nor where somebody else has set
    the timer.
    """
    if not _possible() or _debugged() or signal.getitimer(signal.ITIMER_REAL)[0]:
        yield
        return
    clock, seen, stops = _own_clock(), time.monotonic(), 0
    # The generator's caller is contextlib's; whose `with` it is comes after that.
    outside = sys._getframe(2)

    def look(number: int, frame: Any) -> None:
        nonlocal seen, stops
        if _debugged():
            signal.setitimer(signal.ITIMER_REAL, 0)
            return
        before, seen = seen, time.monotonic()
        used = clock.look() if seen - before < PAUSE else clock.skip()
        if used >= seconds:
            error = TooLongError(too_long(seconds, clock.waited))
            if stops:
                _raise_in_handler(error, _between(frame, outside), stops)
            stops += 1
            raise error

    former = signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, TICK, TICK)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, former)
        if stops:
            sys.settrace(None)
        clock.close()


def with_lines(trace: TracebackType | None) -> TracebackType | None:
    """The same traceback, each step with a line: where code is stopped between two lines, Python 3.11 knows none, and
    what reads tracebacks stumbles."""
    steps = []
    while trace is not None:
        steps.append(trace)
        trace = trace.tb_next
    whole: TracebackType | None = None
    for step in reversed(steps):
        # Whatever its annotation says.
        line: int | None = step.tb_lineno
        line = step.tb_frame.f_code.co_firstlineno if line is None else line
        whole = TracebackType(whole, step.tb_frame, step.tb_lasti, line)
    return whole


def _between(frame: FrameType | None, outside: FrameType) -> list[FrameType]:
    """The frames from that which was interrupted to the outermost of the code that is stopped."""
    found = []
    while frame is not None and frame is not outside:
        found.append(frame)
        frame = frame.f_back
    return found


def _raise_in_handler(error: TooLongError, frames: list[FrameType], stops: int) -> None:
    """Have the next line of one of the frames raise `error`: that of a bare `except:`, which catches it in every round
    of its loop. What a handler raises, it does not catch itself.

    Python takes a trace function away when it raises, so it is one frame at a time: first the outermost.
    """
    if not frames:
        return
    chosen = frames[-1 - (stops - 1) % len(frames)]

    def trace(frame: FrameType, event: str, arg: Any) -> Any:
        if frame is not chosen:
            return None
        if event == "line":
            raise error
        return trace

    chosen.f_trace = trace
    sys.settrace(trace)


def _possible() -> bool:
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()


def _debugged() -> bool:
    """Whether a debugger, or something that traces as one does, is at work."""
    monitoring: Any = getattr(sys, "monitoring", None)
    return sys.gettrace() is not None or bool(monitoring and monitoring.get_tool(monitoring.DEBUGGER_ID))


def _own_clock() -> Clock:
    stat = None
    with contextlib.suppress(OSError):
        stat = os.open("/proc/thread-self/schedstat", os.O_RDONLY | os.O_CLOEXEC)
    return Clock(stat, time.process_time)
