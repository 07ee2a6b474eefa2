"""Warm processes from their start to their end: one, those of a run, and those of one grader by need."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from winnow.course import Limits
from winnow.nurse.line import WARM, Foreseen, Line
from winnow.nurse.worker import NurseryError, Worker
from winnow.worker import bubblewrap

PACKAGE = Path(__file__).parents[1]
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


class Nursery(Line):
    """One warm process, from its start to its end, and the first line to it. It warms up while nobody waits."""

    def __init__(self, needs: Collection[str], layers: Collection[str]) -> None:
        home = Path(tempfile.mkdtemp(prefix="winnow-"))
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        super().__init__(ours, needs, layers, home)
        imports = [name for name in WARM if name in self.needs]
        package = str(PACKAGE)
        start = START.format(path=package, fd=theirs.fileno(), imports=imports, layers=list(layers))
        argv = [sys.executable, "-I", "-B", "-c", start]
        # One thread in every library: workers share the cores, and a fork takes no threads along.
        threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
        # Libraries look for a place for temporary files already while they are imported.
        # With huge pages for what malloc holds, much of it what torch is made of, a fork has less to copy.
        environment = {**threads, "TMPDIR": str(home), "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}
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
