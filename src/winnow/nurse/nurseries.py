"""Nurseries from their start to their end: one nursery, those of a run, and those of one grader.

A nursery is a process that has the libraries imported and forks workers: an import takes longer than most exercises.
"""

from __future__ import annotations

import contextlib
import io
import logging
import os
import select
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from winnow.course import Limits
from winnow.errors import NurseryError
from winnow.nurse.line import Foreseen, Line
from winnow.nurse.stem import WARM, Stem, starting, surroundings
from winnow.nurse.worker import Worker
from winnow.worker.layers import bubblewrap

log = logging.getLogger(__name__)
LINE = 3
"""The descriptor at which a nursery from the stem has its line, also where it has to be started anew."""


class Nursery(Line):
    """A nursery, from its start to its end, and the first line to it. Nobody waits while it imports.

    Args:
        stem: the process to fork the nursery from, which has imported what the nursery needs. Without a stem, or where
            it is lost, the nursery is started anew.
    """

    def __init__(self, needs: Collection[str], layers: Collection[str], stem: Stem | None = None) -> None:
        home = Path(tempfile.mkdtemp(prefix="winnow-"))
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        super().__init__(ours, needs, layers, home)
        reading, errors = os.pipe()
        os.set_blocking(reading, False)
        self._errors = io.FileIO(reading)
        self._process: subprocess.Popen[bytes] | None = None
        self._grown = False
        try:
            with theirs:
                if stem is not None:
                    # Where the stem is lost, the nursery starts by itself.
                    with contextlib.suppress(OSError):
                        self._grow(stem, theirs.fileno(), errors)
                if not self._grown:
                    self._end()
                    self._process = self._run(self._command(theirs.fileno()), errors, theirs.fileno())
        finally:
            os.close(errors)
        how = "from the stem" if self._grown else "by itself"
        log.debug("nursery %s: started %s, has %s, layers %s", home.name, how, sorted(self.needs), self.layers)

    def _command(self, line: int) -> list[str]:
        """The command line that starts the nursery anew."""
        imports = [name for name in WARM if name in self.needs]
        argv = starting("nursery", line, imports, list(self.layers))
        return bubblewrap.command(argv, self.layers, self.home, environment=surroundings(self.home))

    def _grow(self, stem: Stem, line: int, errors: int) -> None:
        """Have the stem fork the nursery; with bubblewrap, into the namespaces of a process that only waits."""
        about = {
            "line": LINE,
            "layers": list(self.layers),
            "environment": surroundings(self.home),
            "otherwise": self._command(LINE),
        }
        if "bubblewrap" not in self.layers:
            stem.nursery(self.needs, about, line, errors)
        else:
            reading, writing = os.pipe()
            try:
                place = bubblewrap.command(bubblewrap.WAITING, self.layers, self.home, told=writing)
                self._process = self._run(place, errors, writing, stdout=writing)
                stem.nursery(self.needs, about, line, errors, reading)
            finally:
                os.close(reading)
                os.close(writing)
        self._grown = True

    def _run(
        self, argv: Sequence[str], errors: int, descriptor: int, stdout: int = subprocess.DEVNULL
    ) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            argv,
            pass_fds=[descriptor],
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=errors,
            env=surroundings(self.home),
            cwd="/",
        )

    def _said(self) -> str:
        said = self._errors.read() or b""
        return said.decode(errors="replace").strip()[-2000:]

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def close(self) -> None:
        """End the nursery, its workers and its folder."""
        super().close()
        if self._process is not None and not self._grown:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(2)
        self._end()
        if self._grown and "namespaces" not in self.layers:
            # Its workers may still be writing into its folder. The pipe ends with the last process that holds it.
            while select.select([self._errors], [], [], 2)[0] and self._errors.read():
                pass
        self._errors.close()
        shutil.rmtree(self.home, ignore_errors=True)


class Prewarmed:
    """The nurseries of a run, one for each set of needs. They warm up side by side, and all graders share them.

    Args:
        stem: the process to fork the nurseries from.
    """

    def __init__(self, needs: Iterable[Collection[str]], layers: Collection[str], stem: Stem | None = None) -> None:
        self._nurseries: dict[frozenset[str], Nursery] = {}
        self._layers = tuple(layers)
        self._stem = stem
        self.warm(needs)

    def warm(self, needs: Iterable[Collection[str]]) -> None:
        """Start the nurseries that are missing. Graders that have their lines already get none to these."""
        for each in {frozenset(need) & frozenset(WARM): None for need in needs}:
            if each not in self._nurseries:
                # The grader that needs the nursery starts it again, and tells what goes wrong.
                with contextlib.suppress(OSError):
                    self._nurseries[each] = Nursery(each, self._layers, self._stem)

    def lines(self) -> list[Line]:
        """A line to each nursery, for one grader."""
        found = []
        for nursery in self._nurseries.values():
            with contextlib.suppress(NurseryError):
                found.append(nursery.another())
        return found

    def close(self) -> None:
        """End all nurseries: all lines first, so that none waits for another."""
        for nursery in self._nurseries.values():
            Line.close(nursery)
        for nursery in self._nurseries.values():
            nursery.close()


class Nurseries:
    """The nurseries of one grader, by need. Each is started at its first use, and again when it has failed.

    Args:
        lines: lines to nurseries that are there already.
    """

    def __init__(self, layers: Sequence[str], lines: Iterable[Line] = ()) -> None:
        self.layers = tuple(layers)
        self._by_need: dict[frozenset[str], Line] = {line.needs: line for line in lines}

    def fork(
        self,
        needs: Collection[str],
        limits: Limits,
        foreseen: Foreseen | None = None,
        closes: tuple[str, ...] = (),
    ) -> Worker:
        """A worker that has `needs` imported, see Line.fork. Raises NurseryError when a second nursery fails, too."""
        key = frozenset(needs) & frozenset(WARM)
        for attempt in (1, 2):
            try:
                if key not in self._by_need:
                    self._by_need[key] = self._nearest(key)
                return self._by_need[key].fork(limits, foreseen, closes)
            except NurseryError:
                self.drop(key)
                if attempt == 2:
                    raise
        raise AssertionError("unreachable")

    def _nearest(self, key: frozenset[str]) -> Line:
        """A line to a twin of the nursery that has most of `key` and nothing beyond it, or else a new nursery."""
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
            log.debug("nursery %s: left", nursery.home.name)
            nursery.close()

    def close(self) -> None:
        """End all nurseries."""
        for key in list(self._by_need):
            self.drop(key)
