"""A line of orders to a nursery, which forks workers, looks at them and ends them."""

from __future__ import annotations

import hashlib
import json
import logging
import socket
import tempfile
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from winnow.course import Limits
from winnow.errors import NurseryError
from winnow.nurse.stem import WARM
from winnow.nurse.worker import Worker
from winnow.worker import paths
from winnow.worker.marks import Place

log = logging.getLogger(__name__)
# How many sets of questions a nursery holds for one line; a set is that of an exercise and a secret.
FORESEEN = 12
# How many twins of a nursery one line leads to at most, each ready to close the calls of an exercise.
CLOSING = 12


class Foreseen:
    """Questions that every learner's code will be asked, as frames one behind the other. `key` names the set."""

    def __init__(self, frames: Sequence[bytes]) -> None:
        self.frames = b"".join(frames)
        self.key = hashlib.sha256(self.frames).hexdigest()


Ends = tuple[frozenset[str], tuple[str, ...], Path]
"""What is at the other end of a line: the nursery's imports, the layers of its workers, and its folder."""


class Line:
    """A line of orders to a nursery: fork a worker, look at it, end it.

    A nursery forks the workers, because what a worker inherits must never have held a secret.

    Args:
        orders: our end of the line.
        needs: the libraries that the nursery imports.
        layers: the sandbox layers that the nursery puts on its workers.
        home: the folder that the nursery can write, for the workers' scratch folders.
        closes: the calls that the nursery is ready to close.
    """

    def __init__(
        self,
        orders: socket.socket,
        needs: Collection[str],
        layers: Collection[str],
        home: Path,
        closes: tuple[str, ...] = (),
    ) -> None:
        self.needs = frozenset(needs)
        self.layers = tuple(layers)
        self.home = home
        self.closes = closes
        self._orders = orders
        self._greeted = False
        self._foreseen: dict[str, None] = {}
        self._twins: dict[tuple[str, ...], Line] = {}

    @property
    def descriptor(self) -> int:
        """The descriptor of our end, which is given to another process together with `ends`."""
        return self._orders.fileno()

    @property
    def ends(self) -> Ends:
        """All arguments of `Line` but the first and the last."""
        return self.needs, self.layers, self.home

    def greet(self) -> None:
        """Wait until the nursery is warm. Raises NurseryError."""
        if not self._greeted:
            self._receive("start")
            self._greeted = True

    def foresee(self, questions: Foreseen) -> None:
        """Have the nursery hold `questions`, so that its workers are born with them. Raises NurseryError."""
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
        log.debug("nursery %s: holds %d bytes of what will be asked", self.home.name, len(questions.frames))

    def fork(self, limits: Limits, foreseen: Foreseen | None = None, closes: tuple[str, ...] = ()) -> Worker:
        """A fresh worker. Raises NurseryError when the nursery cannot.

        Args:
            foreseen: questions that the worker answers, frame by frame, after the first one it is sent.
            closes: the calls that it will be told to close, which a twin of the nursery is ready for.
        """
        self.greet()
        if closes != self.closes:
            return self._closing(closes).fork(limits, foreseen, closes)
        if foreseen is not None:
            self.foresee(foreseen)
        try:
            scratch = None if "namespaces" in self.layers else self._scratch()
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        except OSError as error:
            raise NurseryError(f"no worker can be started: {error}") from None
        if hasattr(socket, "SO_PASSCRED"):
            # The kernel then says with the first byte which process sent it.
            ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        order = {
            "fork": {
                "scratch": str(scratch or self._mounted()), "layers": list(self.layers), "cpu": limits.cpu,
                "memory": limits.memory, "files": limits.files, "output": limits.output,
                "foreseen": foreseen.key if foreseen else "",
            }
        }  # fmt: skip
        try:
            with theirs:
                self._order(order, theirs.fileno())
            pid = self._receive("fork")["pid"]
            log.debug("worker %d: forked by nursery %s, layers %s", pid, self.home.name, self.layers)
            return Worker(self, pid, ours, limits, scratch)
        except NurseryError:
            ours.close()
            raise

    def _mounted(self) -> Path:
        """Where a worker mounts a folder of its own: at the usual place for temporary files, if that hides nothing."""
        return Path(paths.TEMPORARY) if paths.hides_nothing(paths.TEMPORARY) else self.home / "own"

    def _scratch(self) -> Path:
        """A new folder that a worker may write. Its name is drawn, because several lines lead to one home."""
        scratch = Path(tempfile.mkdtemp(dir=self.home, prefix=""))
        scratch.chmod(0o777)
        return scratch

    def drop(self, pid: int) -> None:
        """Kill a worker whose end nobody asks about."""
        self._order({"drop": pid})

    def end(self, pid: int) -> tuple[int, Place | None]:
        """Kill a worker and all it started; its wait status, and the statement that it says it was loading."""
        self._order({"end": pid})
        told = self._receive("end a worker")
        return int(told["status"]), tuple(told["at"]) if told["at"] else None

    def _closing(self, names: tuple[str, ...]) -> Line:
        """A line to a twin that is ready to close these calls: what that takes, its workers find done."""
        if names not in self._twins and len(self._twins) >= CLOSING:
            self._twins.pop(next(iter(self._twins))).close()
        twin = self._twins.pop(names, None) or self.another(closes=names)
        self._twins[names] = twin
        return twin

    def another(self, needs: Collection[str] = (), closes: tuple[str, ...] = ()) -> Line:
        """Another line, to a twin that the nursery forks, so that two graders never wait for each other.

        Args:
            needs: the libraries that the twin imports beside those that are imported already.
            closes: the calls that the twin is made ready to close.
        """
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        more = [name for name in WARM if name in needs and name not in self.needs]
        try:
            with theirs:
                self._order({"line": more, "closes": closes}, theirs.fileno())
        except NurseryError:
            ours.close()
            raise
        return Line(ours, self.needs | set(more), self.layers, self.home, closes)

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
        """Close the line. The nursery then ends what was forked for it."""
        for twin in self._twins.values():
            twin.close()
        self._orders.close()
