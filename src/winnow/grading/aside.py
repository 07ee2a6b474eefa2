"""Work that goes on in another process while the caller does something else."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from winnow.grading.pool import METHOD

Result = TypeVar("Result")


@contextlib.contextmanager
def aside(function: Callable[..., Result], *arguments: Any) -> Iterator[Callable[[], Result]]:
    """Begin `function(*arguments)` in another process; what is given waits for its result.

    A process that cannot be started, or is lost, or fails, costs time only: the work is then done by the caller, who
    meets the error too. Function, arguments and result are pickled.
    """
    # The process that graders are forked from may be there already, with most imports done.
    context: Any = multiprocessing.get_context(METHOD)
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_do, args=(theirs, function, arguments), name="winnow-aside", daemon=True)
    try:
        with contextlib.suppress(EOFError, OSError):
            process.start()
        theirs.close()

        def result() -> Result:
            try:
                found: Result = ours.recv()
            except (EOFError, OSError):
                return function(*arguments)
            return found

        yield result
    finally:
        ours.close()
        if process.pid is not None:
            process.kill()
            process.join()


def _do(line: Connection, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    # Ctrl-C goes to every process of a terminal; the one that started this one decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(Exception):
        line.send(function(*arguments))
