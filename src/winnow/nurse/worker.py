"""A confined process with one learner's code, as the trusted side sees it: frames go out, answers come, or it ends."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import signal
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from winnow.course import Limits
from winnow.worker import wire
from winnow.worker.serve import NONCE, READY

if TYPE_CHECKING:
    from winnow.nurse.line import Line

Frame = tuple[bytes, bytes]
"""A wire frame as it came, not yet looked into: its text and its tail."""


class LostError(Exception):
    """The worker is gone or unusable because of the learner's code; the message says what happened, in words."""


class NurseryError(Exception):
    """The nursery itself failed: a fault of the grader, not of any learner."""


# How many bytes are read at a time, where no more are missing.
READ = 1 << 16

UNREADABLE = "its answer could not be read: something wrote on the line that answers travel on"


@dataclass(frozen=True)
class Stop:
    """What ended a worker. `slow`: it used up its time."""

    sentence: str
    slow: bool = False


class Deadline:
    """When to stop waiting for a worker.

    After `seconds` of wall clock a worker that sleeps is stopped. One that computes is given as long again, up to
    ten times: on a busy machine it gets little of the processor, and its limit of CPU time is what ends it.
    """

    PATIENCE = 10
    IDLE = 0.01

    def __init__(self, seconds: float, computed: Callable[[], float]) -> None:
        self._seconds = seconds
        self._computed = computed
        self._end = time.monotonic() + seconds
        self._used = 0.0
        self._rounds = 1

    def left(self) -> float:
        """Seconds until the next look at the clock. Raises TimeoutError when it is time to stop."""
        left = self._end - time.monotonic()
        if left > 0:
            return left
        used = self._computed()
        if used - self._used < self.IDLE * self._seconds or self._rounds >= self.PATIENCE:
            raise TimeoutError
        self._used, self._rounds = used, self._rounds + 1
        self._end = time.monotonic() + self._seconds
        return self._seconds


class Worker:
    """One confined process with one learner's code. Whatever goes wrong in it is a `LostError`."""

    def __init__(self, nursery: Line, pid: int, line: socket.socket, limits: Limits, scratch: Path) -> None:
        self._nursery = nursery
        self._pid = pid
        self._line = line
        self._limits = limits
        self._scratch = scratch
        self.stop: Stop | None = None
        self._ready = False
        self._nonce = b""
        # What has come and is not read yet: a read takes all there is, or each answer would cost four.
        self._come = bytearray()

    def ask(self, body: bytes) -> Frame:
        """Send a wire frame, and read the answer to it and to nothing else. Raises LostError as `hear` does."""
        self.send(body)
        return self.hear()

    def send(self, body: bytes) -> None:
        """Send a wire frame; the answers that `hear` reads are answers to it."""
        self._nonce = secrets.token_bytes(NONCE)
        with self._losing():
            if not self._ready:
                self._greet(self._deadline())
            self._quiet()
            self._line.settimeout(self._limits.wall)
            self._line.sendall(self._nonce + body)

    def hear(self) -> Frame:
        """Read the next answer to what was sent last.

        Raises:
            LostError: the process ended, ran out of time or memory, or sent something else than one answer.
        """
        with self._losing():
            deadline = self._deadline()
            if self._exactly(NONCE, deadline) != self._nonce:
                raise wire.WireError("an answer to no question")
            text, tail = wire.lengths(self._exactly(wire.HEADER.size, deadline))
            return self._exactly(text, deadline), self._exactly(tail, deadline)
        raise AssertionError("unreachable")

    def _deadline(self) -> Deadline:
        return Deadline(self._limits.wall, lambda: self._nursery.computed(self._pid))

    @contextlib.contextmanager
    def _losing(self) -> Iterator[None]:
        """What goes wrong on the line is the end of the worker."""
        if self.stop is not None:
            raise LostError(self.stop.sentence)
        try:
            yield
        except TimeoutError:
            self._lose(Stop(f"stopped after {self._limits.wall:g} s: a loop that does not end?", slow=True))
        except wire.WireError:
            self._lose(Stop(UNREADABLE))
        except (EOFError, OSError):
            self._lose(None)

    def _quiet(self) -> None:
        """Nothing may lie on the line before a question is asked."""
        self._line.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            if self._come or self._line.recv(1, socket.MSG_PEEK):
                raise wire.WireError("an answer before the question")
            raise EOFError

    def _greet(self, deadline: Deadline) -> None:
        """The worker's first byte, sent before any of the learner's code runs."""
        try:
            told = self._exactly(1, deadline)
            if told != READY:
                told += self._come or self._line.recv(2000)
        except (EOFError, OSError):
            told = b""
        if told != READY:
            self.close()
            raise NurseryError(told[1:].decode(errors="replace") or "a worker ended before it was confined")
        self._ready = True

    def _exactly(self, size: int, deadline: Deadline) -> bytes:
        while len(self._come) < size:
            self._line.settimeout(deadline.left())
            try:
                part = self._line.recv(min(max(size - len(self._come), READ), 1 << 20))
            except TimeoutError:
                continue
            if not part:
                raise EOFError
            self._come += part
        taken = bytes(self._come[:size])
        del self._come[:size]
        return taken

    def _lose(self, stop: Stop | None) -> NoReturn:
        status = self._end()
        self.stop = stop or explain(status, self._limits)
        raise LostError(self.stop.sentence)

    def _end(self) -> int:
        """End the worker; its wait status."""
        self._line.close()
        pid, self._pid = self._pid, -1
        try:
            return self._nursery.end(pid)
        finally:
            shutil.rmtree(self._scratch, ignore_errors=True)

    def close(self) -> None:
        """End the worker, unless it is gone already."""
        self._line.close()
        if self._pid >= 0:
            pid, self._pid = self._pid, -1
            self._nursery.drop(pid)
            shutil.rmtree(self._scratch, ignore_errors=True)


def explain(status: int, limits: Limits) -> Stop:
    """A wait status in words."""
    number = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    if number in (signal.SIGXCPU, signal.SIGKILL):
        return Stop(f"stopped after {limits.cpu:g} s: a loop that does not end?", slow=True)
    if number == signal.SIGXFSZ:
        return Stop(f"stopped: it wrote a file of more than {limits.files} MiB")
    if number:
        with contextlib.suppress(ValueError):
            return Stop(f"stopped: the process crashed ({signal.Signals(number).name})")
    return Stop("it ended the process (sys.exit or os._exit)")
