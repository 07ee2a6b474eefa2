"""The stem, as the trusted side sees it: the process that nurseries and graders are forked from.

Both are forked, because the stem imports once what both need, and importing takes longer than grading an exercise. A
stem that is lost, or cannot be started, costs time only: a nursery then starts by itself, and another stem is started
for the graders.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import logging
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path

log = logging.getLogger(__name__)
WARM = ("numpy", "pandas", "torch", "matplotlib")
PACKAGE = Path(__file__).parent.parent
START = """
import os, sys
sys.path.insert(0, {path!r})
from worker import {module}
sys.path.remove({path!r})
work = {module}.begin({arguments})
while work is not None:
    work = work()
os._exit(0)
"""


@cache
def installed() -> frozenset[str]:
    """Which of the libraries that are kept warm are installed. The others fail where a learner imports them."""
    return frozenset(name for name in WARM if importlib.util.find_spec(name) is not None)


def starting(module: str, *arguments: object) -> list[str]:
    """The command line of a process that knows `worker` alone, and calls `begin` of its `module` with `arguments`."""
    start = START.format(path=str(PACKAGE), module=module, arguments=", ".join(map(repr, arguments)))
    # `-I` without `-E`: the process gets no variables but those of `surroundings`, and has to read them.
    return [sys.executable, "-s", "-P", "-B", "-c", start]


def surroundings(home: Path) -> dict[str, str]:
    """All environment variables of the stem, or of a nursery, whose folder is `home`."""
    # One thread in every library: workers share the cores, and a fork takes no threads along.
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    # Libraries look for a place for temporary files while they are imported. matplotlib draws into memory, and writes
    # its list of fonts into a folder, where forks find it.
    places = {"TMPDIR": str(home), "MPLCONFIGDIR": str(home / "matplotlib"), "MPLBACKEND": "Agg"}
    # A fork has less to copy where malloc holds its memory, much of it torch's, on huge pages.
    # One seed of hashes: a set has the same order for all learners, in every run.
    fixed = {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1", "PYTHONHASHSEED": "0"}
    return {**threads, **places, **fixed}


class Stem:
    """The stem, with a fork of it for each set of libraries that is asked for. Nobody waits while it imports.

    Raises:
        OSError: the process cannot be started.
    """

    def __init__(self) -> None:
        self._home = Path(tempfile.mkdtemp(prefix="winnow-"))
        self._errors = self._home / "errors"
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._forks: dict[frozenset[str], socket.socket] = {frozenset(WARM[:1]): ours}
        with theirs, self._errors.open("wb") as errors:
            self._process = subprocess.Popen(
                starting("stem", theirs.fileno(), list(WARM[:1])),
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                env=surroundings(self._home),
                cwd="/",
                # Ctrl-C goes to every process of a terminal; the one that started this one decides what it means.
                start_new_session=True,
            )
        log.debug("stem %d: started", self._process.pid)

    @property
    def lost(self) -> bool:
        """Whether the stem has ended. Its nurseries have ended with it, and graders have not."""
        return self._process.poll() is not None

    @property
    def last_words(self) -> str:
        """The last line that the stem, or a fork of it, wrote to standard error: the exception that ended it."""
        with contextlib.suppress(OSError):
            lines = self._errors.read_bytes()[-2000:].decode(errors="replace").split("\n")
            return next((line.strip() for line in reversed(lines) if line.strip()), "")
        return ""

    def warm(self, needs: Collection[str]) -> None:
        """Have these libraries imported. Raises OSError when the stem is lost."""
        self._fork_with(frozenset(needs))

    def nursery(self, needs: Collection[str], about: Mapping[str, object], *descriptors: int) -> None:
        """Have a nursery forked, which is told `about` its surroundings. Raises OSError when the stem is lost."""
        log.debug("stem %d: forks a nursery that has %s", self._process.pid, sorted(needs))
        self._order(needs, about, *descriptors)

    def trusted(self, needs: Collection[str], module: str, *descriptors: int) -> None:
        """Have a process of the grader's forked, which begins with `module`. Raises OSError when the stem is lost."""
        log.debug("stem %d: forks what begins with %s, and has %s", self._process.pid, module, sorted(needs))
        self._order(needs, {"module": module, "path": sys.path}, *descriptors)

    def _order(self, needs: Collection[str], order: Mapping[str, object], *descriptors: int) -> None:
        socket.send_fds(self._fork_with(frozenset(needs)), [json.dumps(order).encode()], descriptors)

    def _fork_with(self, needs: frozenset[str]) -> socket.socket:
        """The line to the fork that has the libraries that are needed and no others."""
        key = (needs & set(WARM)) | set(WARM[:1])
        if key not in self._forks:
            # A fork that has torch goes first: torch takes longest to import, and is imported once.
            nearest = max((each for each in self._forks if each < key), key=lambda each: ("torch" in each, len(each)))
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            try:
                with theirs:
                    more = {"more": [name for name in WARM if name in key - nearest]}
                    socket.send_fds(self._forks[nearest], [json.dumps(more).encode()], [theirs.fileno()])
            except OSError:
                ours.close()
                raise
            self._forks[key] = ours
        return self._forks[key]

    def close(self) -> None:
        """End the stem and its nurseries. Graders go on until their own lines close."""
        for line in self._forks.values():
            line.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(2)
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self._home, ignore_errors=True)
