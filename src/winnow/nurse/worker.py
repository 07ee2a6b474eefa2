"""A worker, as the trusted side sees it: frames go out, and answers come or the worker ends.

A worker is a confined process with one learner's code.
"""

from __future__ import annotations

import contextlib
import logging
import math
import os
import secrets
import select
import shutil
import signal
import socket
import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NoReturn, Protocol

from winnow.course import Limits
from winnow.errors import ENDED, LostError, NurseryError
from winnow.worker import wire
from winnow.worker.clock import Clock, too_long
from winnow.worker.marks import Place
from winnow.worker.serve import NONCE, READY

log = logging.getLogger(__name__)

Frame = tuple[bytes, bytes]
"""A wire frame as it came, before anybody looks into it: its text and its tail."""

# How many bytes are read at a time.
READ = 1 << 16
# Seconds between two looks at the clock while there is no answer.
LOOK = 0.1
# After so many seconds of its clock a worker lets others go first, and how much lower its priority is then: it comes
# before what is nice by itself.
MAKES_WAY, NICER = 2.0, 5
# Seconds of the wall clock that the machine may take to start a worker; no learner's code has run by then.
PATIENCE = 120.0
# What the kernel says of a sender: process, user, group.
CREDENTIALS = struct.Struct("=iII")

TOGETHER = "stopped: together with what was run before it took all the time there is for one exercise"
KILLED = "it was killed: by itself (os.kill), or because there was no memory left"
UNREADABLE = "its answer could not be read: something wrote on the line that answers travel on"


@dataclass(frozen=True)
class Stop:
    """What ended a worker. `slow`: the worker used up its time. `at`: the statement that it was loading then."""

    sentence: str
    slow: bool = False
    at: Place | None = None


class Orders(Protocol):
    """What a worker asks of the nursery that forked it."""

    def end(self, pid: int) -> tuple[int, Place | None]:
        """Kill a worker and all it started; its wait status, and the statement that it says it was loading."""

    def drop(self, pid: int) -> None:
        """Kill a worker whose end nobody asks about."""


class Worker:
    """One confined process with one learner's code. Whatever goes wrong in it is a `LostError`.

    Args:
        scratch: the worker's folder, which is removed with it; None where the worker has mounted one.
    """

    def __init__(self, nursery: Orders, pid: int, line: socket.socket, limits: Limits, scratch: Path | None) -> None:
        self._nursery = nursery
        self._pid = pid
        self._line = line
        self._limits = limits
        self._scratch = scratch
        self.stop: Stop | None = None
        self._clock: Clock | None = None
        self._process = 0
        # What the clock showed when the worker began with the answer that is heard next.
        self._since = 0.0
        # And how much of that it had waited.
        self._waited = 0.0
        self._nonce = b""
        # Bytes that have come and belong to later answers: one read takes all there are, which saves calls.
        self._come = bytearray()

    @property
    def used(self) -> float:
        """Seconds of the worker's clock that were seen to go by."""
        return self._clock.used if self._clock is not None else 0.0

    def unseen(self) -> float:
        """How many of the seconds since its clock was last looked at the worker can have chosen to wait."""
        return self._clock.unseen() if self._clock is not None else 0.0

    def ask(self, body: bytes) -> Frame:
        """Send a wire frame, and read the answer to this frame. Raises LostError as `hear` does."""
        self.send(body)
        return self.hear()

    def send(self, body: bytes) -> None:
        """Send a wire frame. The answers that `hear` reads from then on are answers to it."""
        self._nonce = secrets.token_bytes(NONCE)
        with self._losing():
            clock = self._greeted()
            self._quiet()
            self._begin(clock.skip(), clock)
            end = self._since + self._limits.wall
            rest = memoryview(self._nonce + body)
            while rest:
                with contextlib.suppress(BlockingIOError):
                    rest = rest[self._line.send(rest) :]
                    continue
                self._wait(select.POLLOUT, clock, end)

    def hear(self, seconds: float = math.inf) -> Frame:
        """Read the next answer to what was sent last.

        Args:
            seconds: how many seconds of its clock the worker may take, where these are fewer than its limit.

        Raises:
            LostError: the worker ended, ran out of time or memory, or sent something else than one answer.
        """
        all_of_it = seconds < self._limits.wall
        with self._losing(TOGETHER if all_of_it else ""):
            clock = self._greeted()
            if self._come or self._take():
                # The worker may have waited for us to read since it wrote that.
                self._begin(clock.skip(), clock)
            end = self._since + min(self._limits.wall, seconds)
            if self._exactly(NONCE, clock, end) != self._nonce:
                raise wire.WireError("an answer to no question")
            text, tail = wire.lengths(self._exactly(wire.HEADER.size, clock, end))
            frame = self._exactly(text, clock, end), self._exactly(tail, clock, end)
            log.debug("worker %d: answered %d bytes, has used %.2f s of its clock", self._pid, text + tail, clock.used)
            self._begin(clock.used, clock)
            return frame
        raise AssertionError("unreachable")

    def _begin(self, now: float, clock: Clock) -> None:
        """The worker begins with an answer, at this time of its clock."""
        self._since, self._waited = now, clock.waited

    @contextlib.contextmanager
    def _losing(self, slow: str = "") -> Iterator[None]:
        """What goes wrong on the line is the end of the worker. `slow` is the sentence where its time is up, if that
        is not the time of one answer."""
        if self.stop is not None:
            raise LostError(self.stop.sentence)
        try:
            yield
        except TimeoutError:
            waited = self._clock.waited - self._waited if self._clock is not None else 0.0
            self._lose(Stop(slow or too_long(self._limits.wall, waited), slow=True))
        except wire.WireError:
            self._lose(Stop(UNREADABLE))
        except (EOFError, OSError):
            self._lose(None)

    def _quiet(self) -> None:
        """Make sure that nothing lies on the line before a question is asked. Raises WireError."""
        if self._come or self._take():
            raise wire.WireError("an answer before the question")

    def _greeted(self) -> Clock:
        """The worker's clock. It begins with the worker's first byte, which is sent before the learner's code runs."""
        if self._clock is None:
            try:
                self._line.settimeout(PATIENCE)
                told, process = _first(self._line, self._pid)
                if told != READY:
                    told += self._line.recv(2000)
            except (EOFError, OSError):
                told, process = b"", 0
            if told != READY:
                self.close()
                raise NurseryError(told[1:].decode(errors="replace") or "a worker ended before it was confined")
            self._line.setblocking(False)
            self._process, self._clock = process, Clock.of(process)
        return self._clock

    def _take(self) -> bool:
        """Read the bytes that are there; whether there were any. Raises EOFError when the line is closed."""
        try:
            part = self._line.recv(READ)
        except BlockingIOError:
            return False
        if not part:
            raise EOFError
        self._come += part
        return True

    def _wait(self, event: int, clock: Clock, end: float) -> None:
        """Wait for the line. Raises TimeoutError once the clock has come to `end`."""
        line = select.poll()
        line.register(self._line, event)
        while not line.poll(LOOK * 1000):
            if clock.look() >= end:
                raise TimeoutError
            if clock.used > MAKES_WAY:
                self._make_way()
        if clock.look() >= end:
            raise TimeoutError

    def _make_way(self) -> None:
        """Let others go first. The time in which they run does not count, so no verdict hangs on it."""
        process, self._process = self._process, 0
        if process:
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, process, os.getpriority(os.PRIO_PROCESS, process) + NICER)

    def _exactly(self, size: int, clock: Clock, end: float) -> bytes:
        while len(self._come) < size:
            if self._take():
                # A worker that sends much waits for us, which is not its own time.
                clock.skip()
            else:
                self._wait(select.POLLIN, clock, end)
        taken = bytes(self._come[:size])
        del self._come[:size]
        return taken

    def _lose(self, stop: Stop | None) -> NoReturn:
        pid = self._pid
        status, at = self._end()
        log.debug("worker %d: lost, with wait status %d", pid, status)
        used = self._clock.used if self._clock is not None else 0.0
        self.stop = replace(stop or explain(status, self._limits, used), at=at)
        raise LostError(self.stop.sentence)

    def _end(self) -> tuple[int, Place | None]:
        """End the worker; its wait status, and the statement that it was loading."""
        self._let_go()
        pid, self._pid = self._pid, -1
        try:
            return self._nursery.end(pid)
        finally:
            self._tidy_up()

    def close(self) -> None:
        """End the worker, unless it is gone already."""
        self._let_go()
        if self._pid >= 0:
            pid, self._pid = self._pid, -1
            with contextlib.suppress(NurseryError):
                # It has ended with its nursery.
                self._nursery.drop(pid)
            log.debug("worker %d: ended", pid)
            self._tidy_up()

    def _tidy_up(self) -> None:
        if self._scratch is not None:
            shutil.rmtree(self._scratch, ignore_errors=True)

    def _let_go(self) -> None:
        self._line.close()
        if self._clock is not None:
            self._clock.skip()
            self._clock.close()


def _first(line: socket.socket, process: int) -> tuple[bytes, int]:
    """The first byte that comes, and the number that its sender has here; within namespaces it has another."""
    told, about, *_ = line.recvmsg(1, socket.CMSG_SPACE(CREDENTIALS.size))
    for _, _, data in about:
        process = CREDENTIALS.unpack(data)[0]
        line.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 0)
    return told, process


def explain(status: int, limits: Limits, used: float) -> Stop:
    """A wait status in words. `used`: the seconds that the process took until it was looked at last."""
    number = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    if number == signal.SIGKILL and used < limits.cpu / 2:
        return Stop(KILLED)
    if number in (signal.SIGXCPU, signal.SIGKILL):
        return Stop(too_long(limits.cpu), slow=True)
    if number == signal.SIGXFSZ:
        return Stop(f"stopped: it wrote a file of more than {limits.files} MiB")
    if number:
        with contextlib.suppress(ValueError):
            return Stop(f"stopped: the process crashed ({signal.Signals(number).name})")
    return Stop(ENDED)
