"""Processes of the grader's own: graders, and work beside the caller's.

They are forked from a process that has imported all that they need, because importing takes seconds and a fork
milliseconds. That process is forked from the stem, as the nurseries are, and lives as long as this one. What these
processes are sent and what they answer is pickled: all of them are trusted.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import os
import pickle
import select
import signal
import socket
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Collection, Iterable
from multiprocessing import util
from multiprocessing.connection import Connection
from typing import Any

from winnow import log
from winnow.nurse.stem import Stem
from winnow.worker import kernel

STARTS = 5


class Fork:
    """A process that carries out a function, and our end of a line to the process. Nobody waits for it to begin.

    Args:
        function: one of a module's. It is given the line, the descriptors and the arguments.
        needs: the libraries that the function uses, beside the grader itself.
        descriptors: the process gets copies of them.

    Raises:
        OSError: the process cannot be started.
    """

    def __init__(
        self,
        function: Callable[..., None],
        *arguments: object,
        needs: Iterable[Collection[str]] = (),
        descriptors: Iterable[int] = (),
    ) -> None:
        ours, theirs = socket.socketpair()
        self.line = Connection(ours.detach())
        self._process: int | None = None
        try:
            with theirs:
                _tree.fork(needs, theirs.fileno(), *descriptors)
            with contextlib.suppress(BrokenPipeError):
                self.line.send((sys.path, function, arguments))
        except BaseException:
            self.line.close()
            raise

    def begin(self) -> bool:
        """Wait until the process has begun, before anything is read from the line; False when it was lost before."""
        if self._process is None:
            with contextlib.suppress(OSError), socket.socket(fileno=os.dup(self.line.fileno())) as line:
                # A descriptor and no number: the number of a process that has ended may be another's.
                _, fds, _, _ = socket.recv_fds(line, 1, 1)
                self._process = fds[0] if fds else None
        return self._process is not None

    def join(self, seconds: float | None = None) -> bool:
        """Wait for the end of the process; whether it has ended."""
        return self._process is None or bool(select.select([self._process], [], [], seconds)[0])

    def kill(self) -> None:
        """End the process. One that has not begun will find nobody at the other end of the line."""
        if self._process is None and (self.line.closed or not self.line.poll()):
            return
        if self.begin() and self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._process, signal.SIGKILL)
            self.join()

    def close(self) -> None:
        """Let go of the process and the line."""
        self.line.close()
        if self._process is not None:
            os.close(self._process)
            self._process = None


class _ProcessTree:
    """The stem, and the process that graders are forked from. Each is started when it is first needed."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._stem: Stem | None = None
        self.last_words = ""
        self._line: socket.socket | None = None

    def stem(self) -> Stem:
        """The process that all others are forked from. Raises OSError when the stem cannot be started."""
        with self._lock:
            if self._stem is not None and self._stem.lost:
                self._stem.close()
                self._stem = None
            if self._stem is None:
                self._stem = Stem()
            return self._stem

    def prewarm(self, needs: Iterable[Collection[str]]) -> None:
        """Have the stem import all these libraries, and fork from it the process that graders are forked from.

        Without effect once that process is there.
        """
        with self._lock:
            if self._line is not None:
                return
            stem, together = self.stem(), set[str]()
            # The smallest sets first: a set that has another within it goes on from that one's imports.
            for each in sorted(needs, key=len):
                stem.warm(each)
                together.update(each)
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            with theirs, tempfile.TemporaryFile() as about:
                pickle.dump((os.getpid(), dict(os.environ), os.getcwd(), sys.dont_write_bytecode), about)
                about.seek(0)
                out, errors = (_open(number) for number in (1, 2))
                try:
                    stem.trusted(together, __name__, theirs.fileno(), about.fileno(), out, errors)
                except OSError:
                    ours.close()
                    raise
                finally:
                    os.close(out)
                    os.close(errors)
            self._line = ours

    def fork(self, needs: Iterable[Collection[str]], *descriptors: int) -> None:
        """Have a grader's process forked, with these descriptors. Raises OSError."""
        with self._lock:
            for left in reversed(range(STARTS)):
                try:
                    self.prewarm(needs)
                    assert self._line is not None
                    socket.send_fds(self._line, [b"fork"], descriptors)
                    return
                except OSError:
                    # The process may have been killed, and the stem too: both begin anew.
                    self.close()
                    if not left:
                        raise

    def close(self) -> None:
        """End the stem and what graders are forked from. Graders end when they have done their work."""
        with self._lock:
            if self._line is not None:
                self._line.close()
            if self._stem is not None:
                self.last_words = self._stem.last_words or self.last_words
                self._stem.close()
            self._line = self._stem = None


_tree = _ProcessTree()


def prewarm(needs: Iterable[Collection[str]]) -> None:
    """Have all these libraries imported, and what graders need, while the caller does something else."""
    with contextlib.suppress(OSError):
        # Whoever needs a grader meets the error again, and tells it.
        _tree.prewarm(needs)


def stem() -> Stem | None:
    """The process that all others are forked from; None where it cannot be started."""
    with contextlib.suppress(OSError):
        return _tree.stem()
    return None


def last_words() -> str:
    """What the process that graders are forked from wrote to standard error before it was lost; empty for nothing."""
    _tree.close()
    return _tree.last_words


# Also where this process is one of multiprocessing's, which end without `atexit`.
util.Finalize(None, _tree.close, exitpriority=0)


def _open(number: int) -> int:
    """A copy of a standard descriptor; where that is closed, a descriptor that leads nowhere."""
    try:
        return os.dup(number)
    except OSError:
        return os.open(os.devnull, os.O_WRONLY)


# What follows happens in the process that is forked from the stem, and in those that are forked from it.


def begin(orders: int, about: int, out: int, errors: int) -> Callable[[], Any] | None:
    """Take on the surroundings of the process that began all this, import what every grader needs, and fork graders.

    A grader is forked from this process, because that has imported what a grader needs and has no threads.
    """
    for number, standard in ((out, 1), (errors, 2)):
        os.dup2(number, standard)
        os.close(number)
    with open(about, "rb") as file:
        beginner, environment, folder, sys.dont_write_bytecode = pickle.load(file)
    try:
        beginning = os.pidfd_open(beginner)
    except ProcessLookupError:
        # The command was refused, and has ended: there is nothing to do.
        return None
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    with contextlib.suppress(OSError):
        os.chdir(folder)
    importlib.import_module("winnow.grading.warmed")
    return _wait(socket.socket(fileno=orders), beginning)


def _wait(orders: socket.socket, beginning: int) -> Callable[[], Any] | None:
    while True:
        order, fds, _, _ = socket.recv_fds(orders, 64, 16)
        if not order:
            return None
        kernel.forget_the_dead()
        if os.fork() == 0:
            orders.close()
            return functools.partial(_work, beginning, *fds)
        for fd in fds:
            os.close(fd)


def _end_with(process: int) -> None:
    """Wait until a process has ended, by its descriptor, and end this one: nobody waits for its work any more."""
    select.select([process], [], [])
    os._exit(1)


def _work(beginning: int, line: int, *descriptors: int) -> None:
    """Carry out what comes over the line, as long as the process lives that began all this. Does not return."""
    status = 1
    try:
        threading.Thread(target=_end_with, args=(beginning,), daemon=True).start()
        kernel.name_process("winnow-grader")
        log.begin("grader")
        with socket.socket(fileno=os.dup(line)) as begun:
            socket.send_fds(begun, [b"!"], [os.pidfd_open(os.getpid())])
        orders = Connection(line)
        sys.path[:], function, arguments = orders.recv()
        function(orders, descriptors, *arguments)
        status = 0
    except (EOFError, BrokenPipeError):
        # Nobody waits for it any more.
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status)
