"""Work that goes on in another process while the caller does something else."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from winnow.grading import process_tree

Result = TypeVar("Result")


@contextlib.contextmanager
def in_background(function: Callable[..., Result], *arguments: Any) -> Iterator[Callable[[], Result]]:
    """Begin `function(*arguments)` in another process, and give a function that waits for the result.

    The work is done in a process and not in a thread, because a thread would take turns with the caller. Where the
    process cannot be started, is lost or fails, the caller does the work itself and meets the error. Function,
    arguments and result are pickled.
    """
    fork: process_tree.Fork | None = None
    with contextlib.suppress(OSError):
        fork = process_tree.Fork(_do, function, arguments)

    def result() -> Result:
        if fork is not None and fork.begin():
            with contextlib.suppress(EOFError, OSError):
                found: Result = fork.line.recv()
                return found
        return function(*arguments)

    try:
        yield result
    finally:
        if fork is not None:
            fork.kill()
            fork.close()


def _do(
    line: Connection, _descriptors: Sequence[int], function: Callable[..., Any], arguments: tuple[Any, ...]
) -> None:
    with contextlib.suppress(Exception):
        line.send(function(*arguments))
