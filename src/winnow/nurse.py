"""The trusted side of a nursery: start it, have it fork workers, talk to them, end them."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from winnow.course import Limits
from winnow.worker import bubblewrap, wire
from winnow.worker.serve import NONCE, READY

WARM = ("numpy", "pandas", "torch")
# How many sets of questions a nursery holds: one for each exercise of a run, and some for `winnow doctor`'s seeds.
FORESEEN = 12
START = """
import os, sys
sys.path.insert(0, {path!r})
from worker import nursery
sys.path.remove({path!r})
work = nursery.wait(nursery.prepare({fd}, {imports!r}, {layers!r}))
if work is not None:
    work()
os._exit(0)
"""


Frame = tuple[bytes, bytes]
"""A wire frame as it came, not yet looked into: its text and its tail."""


class Foreseen:
    """Questions that every learner's code will be asked, as frames one behind the other; `key` names them."""

    def __init__(self, frames: Sequence[bytes]) -> None:
        self.frames = b"".join(frames)
        self.key = hashlib.sha256(self.frames).hexdigest()


class LostError(Exception):
    """The worker is gone or unusable because of the learner's code; the message says what happened, in words."""


class NurseryError(Exception):
    """The nursery itself failed: a fault of the grader, not of any learner."""


UNREADABLE = "its answer could not be read: something wrote on the line that answers travel on"


@dataclass(frozen=True)
class Stop:
    """What ended a worker. `slow`: it used up its time."""

    sentence: str
    slow: bool = False


class Line:
    """A line of orders to a nursery: have it fork workers, look at them, end them.

    Args:
        orders: our end of the line.
        needs: the libraries that the nursery imports.
        layers: the sandbox layers it puts on its workers.
        home: the folder that it can write, for the workers' scratch folders.
    """

    def __init__(self, orders: socket.socket, needs: Collection[str], layers: Collection[str], home: Path) -> None:
        self.needs = frozenset(needs)
        self.layers = tuple(layers)
        self.home = home
        self._orders = orders
        self._greeted = False
        self._forks = 0
        self._foreseen: dict[str, None] = {}

    def greet(self) -> None:
        """Wait until the nursery is warm. Raises NurseryError."""
        if not self._greeted:
            self._receive("start")
            self._greeted = True

    def foresee(self, questions: Foreseen) -> None:
        """Have the nursery hold `questions` ready, so that its workers are born with them. Raises NurseryError."""
        if questions.key in self._foreseen:
            return
        oldest = next(iter(self._foreseen)) if len(self._foreseen) >= FORESEEN else ""
        self._foreseen.pop(oldest, None)
        with tempfile.TemporaryFile() as file:
            file.write(questions.frames)
            file.seek(0)
            self._order({"foresee": questions.key, "forget": oldest}, file.fileno())
        self._receive("read what will be asked")
        self._foreseen[questions.key] = None

    def fork(self, limits: Limits, foreseen: Foreseen | None = None) -> Worker:
        """A fresh worker. Raises NurseryError when the nursery cannot.

        Args:
            foreseen: what the worker answers, frame by frame, behind the answer to its first question.
        """
        self.greet()
        if foreseen is not None:
            self.foresee(foreseen)
        self._forks += 1
        # Several lines, each of another process, lead to one home.
        scratch = self.home / f"{os.getpid()}-{self._forks}"
        scratch.mkdir(mode=0o777)
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        order = {
            "fork": {
                "scratch": str(scratch), "cpu": limits.cpu, "memory": limits.memory, "files": limits.files,
                "output": limits.output, "layers": list(self.layers), "foreseen": foreseen.key if foreseen else "",
            }
        }  # fmt: skip
        try:
            with theirs:
                self._order(order, theirs.fileno())
            return Worker(self, self._receive("fork")["pid"], ours, limits, scratch)
        except NurseryError:
            ours.close()
            raise

    def computed(self, pid: int) -> float:
        """Seconds of CPU that a worker has used."""
        self._order({"cpu": pid})
        return float(self._receive("look at a worker's clock")["seconds"])

    def drop(self, pid: int) -> None:
        """Kill a worker whose end nobody asks about."""
        self._order({"drop": pid})

    def end(self, pid: int) -> int:
        """Kill a worker and all it started; its wait status."""
        self._order({"end": pid})
        return int(self._receive("end a worker")["status"])

    def another(self, needs: Collection[str] = ()) -> Line:
        """A line of its own to the same nursery, which forks a twin for it; nobody waits for the other.

        Args:
            needs: what the twin imports beside what is imported already.
        """
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        more = [name for name in WARM if name in needs and name not in self.needs]
        try:
            with theirs:
                self._order({"line": more}, theirs.fileno())
        except NurseryError:
            ours.close()
            raise
        return Line(ours, self.needs | set(more), self.layers, self.home)

    def _order(self, order: dict[str, Any], *descriptors: int) -> None:
        try:
            socket.send_fds(self._orders, [json.dumps(order).encode()], descriptors)
        except OSError as error:
            raise NurseryError(f"the nursery for {sorted(self.needs)} is gone: {error}") from None

    def _receive(self, doing: str) -> dict[str, Any]:
        self._orders.settimeout(120)
        try:
            answer = self._orders.recv(65536)
        except OSError as error:
            raise NurseryError(f"the nursery for {sorted(self.needs)} did not {doing}: {error}") from None
        if not answer:
            raise NurseryError(f"the nursery for {sorted(self.needs)} did not {doing}: {self._said()}")
        data: dict[str, Any] = json.loads(answer)
        return data

    def _said(self) -> str:
        return "it has ended"

    def close(self) -> None:
        """Leave the nursery, which ends what was forked for this line."""
        self._orders.close()


class Nursery(Line):
    """One warm process, from its start to its end, and the first line to it. It warms up while nobody waits."""

    def __init__(self, needs: Collection[str], layers: Collection[str]) -> None:
        home = Path(tempfile.mkdtemp(prefix="winnow-"))
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        super().__init__(ours, needs, layers, home)
        imports = [name for name in WARM if name in self.needs]
        package = str(Path(__file__).parent)
        start = START.format(path=package, fd=theirs.fileno(), imports=imports, layers=list(layers))
        argv = [sys.executable, "-I", "-B", "-c", start]
        # One thread in every library: workers share the cores, and a fork takes no threads along.
        threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
        # Libraries look for a place for temporary files already while they are imported.
        environment = {**threads, "TMPDIR": str(home)}
        self._process = subprocess.Popen(
            bubblewrap.command(argv, self.layers, home, environment=environment),
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=environment,
            cwd="/",
        )
        theirs.close()

    def _said(self) -> str:
        said = self._process.stderr.read().decode(errors="replace").strip() if self._process.stderr else ""
        return said[-2000:]

    def close(self) -> None:
        """End the nursery, its workers and its folder."""
        super().close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(2)
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        if self._process.stderr:
            self._process.stderr.close()
        shutil.rmtree(self.home, ignore_errors=True)


class Hearth:
    """The nurseries of a run, one for each set of needs; they warm up side by side, and all graders share them."""

    def __init__(self, needs: Iterable[Collection[str]], layers: Collection[str]) -> None:
        self._nurseries: list[Nursery] = []
        for each in {frozenset(need) & frozenset(WARM): None for need in needs}:
            # A nursery that cannot be started is started again, and complained of, by the grader that needs it.
            with contextlib.suppress(OSError):
                self._nurseries.append(Nursery(each, layers))

    def lines(self) -> list[Line]:
        """A line to each nursery, for one grader."""
        found = []
        for nursery in self._nurseries:
            with contextlib.suppress(NurseryError):
                found.append(nursery.another())
        return found

    def close(self) -> None:
        """End them all."""
        for nursery in self._nurseries:
            Line.close(nursery)
        for nursery in self._nurseries:
            nursery.close()


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
            if self._line.recv(1, socket.MSG_PEEK):
                raise wire.WireError("an answer before the question")
            raise EOFError

    def _greet(self, deadline: Deadline) -> None:
        """The worker's first byte, sent before any of the learner's code runs."""
        try:
            told = self._exactly(1, deadline)
            if told != READY:
                told += self._line.recv(2000)
        except (EOFError, OSError):
            told = b""
        if told != READY:
            self.close()
            raise NurseryError(told[1:].decode(errors="replace") or "a worker ended before it was confined")
        self._ready = True

    def _exactly(self, size: int, deadline: Deadline) -> bytes:
        parts = bytearray()
        while len(parts) < size:
            self._line.settimeout(deadline.left())
            try:
                part = self._line.recv(min(size - len(parts), 1 << 20))
            except TimeoutError:
                continue
            if not part:
                raise EOFError
            parts += part
        return bytes(parts)

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


class Nurseries:
    """The nurseries of one grader, by need; each is started at its first use and again when it has failed.

    Args:
        lines: to nurseries that are there already.
    """

    def __init__(self, layers: Sequence[str], lines: Iterable[Line] = ()) -> None:
        self.layers = tuple(layers)
        self._by_need: dict[frozenset[str], Line] = {line.needs: line for line in lines}

    def fork(self, needs: Collection[str], limits: Limits, foreseen: Foreseen | None = None) -> Worker:
        """A worker with `needs` loaded, from a nursery that is warm."""
        key = frozenset(needs) & frozenset(WARM)
        for attempt in (1, 2):
            try:
                if key not in self._by_need:
                    self._by_need[key] = self._nearest(key)
                return self._by_need[key].fork(limits, foreseen)
            except NurseryError:
                self.drop(key)
                if attempt == 2:
                    raise
        raise AssertionError("unreachable")

    def _nearest(self, key: frozenset[str]) -> Line:
        """A line to a twin of the nursery that has most of `key` and nothing else, or a nursery of its own."""
        parts = [line for needs, line in self._by_need.items() if needs < key]
        with contextlib.suppress(NurseryError):
            if parts:
                largest = max(parts, key=lambda line: ("torch" in line.needs, len(line.needs)))
                largest.greet()
                return largest.another(key)
        return Nursery(key, self.layers)

    def drop(self, needs: Collection[str]) -> None:
        """Give up a nursery that has failed."""
        nursery = self._by_need.pop(frozenset(needs) & frozenset(WARM), None)
        if nursery is not None:
            nursery.close()

    def close(self) -> None:
        """End them all."""
        for key in list(self._by_need):
            self.drop(key)
