"""The limit that holds in a learner's own pytest: code that computes longer than its exercise may is stopped.

CPU counts and not the clock, so that a debugger may wait at its prompt. Where the system has no such timer (Windows),
nothing is stopped.
"""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
from collections.abc import Iterator
from typing import Any

from winnow.worker.clock import too_long

AGAIN = 0.5
"""Seconds of CPU after which code that has caught the exception is stopped again."""


class TooLongError(Exception):
    """The learner's function has computed for as long as it may."""


@contextlib.contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """While this lasts, TooLongError is raised in it after so many seconds of CPU."""
    possible = hasattr(signal, "SIGPROF") and threading.current_thread() is threading.main_thread()
    if not possible or sys.gettrace() is not None or signal.getitimer(signal.ITIMER_PROF)[0]:
        yield
        return

    def stop(number: int, frame: Any) -> None:
        raise TooLongError(too_long(seconds))

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
