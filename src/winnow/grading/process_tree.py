"""Processes of the grader's own, forked from one that has imported all they need.

That one is forked from the stem, from which the nurseries are forked too, and lives as long as this process. What is
sent to a process and what it answers is pickled: all of them are trusted.
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
    """A process that carries out a function, and our end of a line to it. Nobody waits for it to begin.

    Args:
        function: of a module; it is given the line, the descriptors and the arguments.
        needs: the libraries it uses, beside the grader itself.
        descriptors: copies of these are given to it.

    Raises:
        OSError: it cannot be started.
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
        """Wait until it has begun, before anything is read from the line; False when it was lost before."""
        if self._process is None:
            with contextlib.suppress(OSError), socket.socket(fileno=os.dup(self.line.fileno())) as line:
                # A number would be somebody else's once the process has ended and was forgotten.
                _, fds, _, _ = socket.recv_fds(line, 1, 1)
                self._process = fds[0] if fds else None
        return self._process is not None

    def join(self, seconds: float | None = None) -> bool:
        """Wait for its end; whether it has ended."""
        return self._process is None or bool(select.select([self._process], [], [], seconds)[0])

    def kill(self) -> None:
        """End it. One that has not begun will find nobody at the other end of the line."""
        if self._process is None and (self.line.closed or not self.line.poll()):
            return
        if self.begin() and self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._process, signal.SIGKILL)
            self.join()

    def close(self) -> None:
        """Let go of it."""
        self.line.close()
        if self._process is not None:
            os.close(self._process)
            self._process = None


class _ProcessTree:
    """The stem, and the process that is forked from it to fork graders from; each is there when it is first needed."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._stem: Stem | None = None
        self._line: socket.socket | None = None

    def stem(self) -> Stem:
        """The process that all others are forked from. Raises OSError when it cannot be started."""
        with self._lock:
            if self._stem is not None and self._stem.lost:
                self._stem.close()
                self._stem = None
            if self._stem is None:
                self._stem = Stem()
            return self._stem

    def prewarm(self, needs: Iterable[Collection[str]]) -> None:
        """Have it import all these libraries, and fork what graders are forked from; without effect once it has."""
        with self._lock:
            if self._line is not None:
                return
            stem, together = self.stem(), set[str]()
            # What one of them imports need not be imported by another that needs more.
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
        """Order a grader's process, with these descriptors. Raises OSError."""
        with self._lock:
            for left in reversed(range(STARTS)):
                try:
                    self.prewarm(needs)
                    assert self._line is not None
                    socket.send_fds(self._line, [b"fork"], descriptors)
                    return
                except OSError:
                    # It may have been killed, and those it was forked from with it: all begins anew.
                    self.close()
                    if not left:
                        raise

    def close(self) -> None:
        """End all, but for those that still do what they were forked for."""
        with self._lock:
            if self._line is not None:
                self._line.close()
            if self._stem is not None:
                self._stem.close()
            self._line = self._stem = None


_tree = _ProcessTree()


def prewarm(needs: Iterable[Collection[str]]) -> None:
    """Have all these libraries imported, and what graders need, while the caller does something else."""
    with contextlib.suppress(OSError):
        # It is met again, and told, by whoever needs a grader.
        _tree.prewarm(needs)


def stem() -> Stem | None:
    """The process that all others are forked from; None where it cannot be started."""
    with contextlib.suppress(OSError):
        return _tree.stem()
    return None


# Also where this process is one of multiprocessing's, which end without `atexit`.
util.Finalize(None, _tree.close, exitpriority=0)


def _open(number: int) -> int:
    """A copy of a standard descriptor, or of one that leads nowhere."""
    try:
        return os.dup(number)
    except OSError:
        return os.open(os.devnull, os.O_WRONLY)


# What follows happens in the process that is forked from the stem, and in those that are forked from it.


def begin(orders: int, about: int, out: int, errors: int) -> Callable[[], Any] | None:
    """Take on the surroundings of the process that began all this, import what every grader needs, and fork graders."""
    for number, standard in ((out, 1), (errors, 2)):
        os.dup2(number, standard)
        os.close(number)
    with open(about, "rb") as file:
        beginner, environment, folder, sys.dont_write_bytecode = pickle.load(file)
    beginning = os.pidfd_open(beginner)
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
    """Wait until a process has ended, by its descriptor, and end this one: nobody waits for what it does any more."""
    select.select([process], [], [])
    os._exit(1)


def _work(beginning: int, line: int, *descriptors: int) -> None:
    """Do what comes over the line, as long as the process lives that began all this. Does not return."""
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
