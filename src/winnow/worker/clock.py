"""The clock that limits go by: the CPU that a process takes, and the time that it chooses to wait.

Time in which it was ready to run and others ran counts for nothing, so a busy machine changes no verdict. The kernel
tells it for each thread, in /proc/PID/schedstat: nanoseconds on a processor, and nanoseconds in the queue for one.
Where it does not, CPU counts, and of the wall clock beside it a tenth.
"""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Callable, Iterator

STOPPED_AFTER, ENDLESS = "stopped after", "a loop that does not end?"
"""How every sentence begins on what used up its time, and how it ends where no more is known."""
WAITS = "it waited, as time.sleep does"
"""How it ends where most of the time went by without a computation."""
GENEROUS = 10.0
# The times of one thread are brought up to date a few hundred times a second, those of the process at every look.
_TICK = 0.02
# How often it is said that the time is up.
_AGAIN = 0.2

Reading = tuple[float, float, dict[int, float]]
"""The wall clock, the CPU of the process, and of each thread how long it ran or was ready to: in seconds."""


def too_long(seconds: float, waited: float = 0.0, otherwise: str = ENDLESS) -> str:
    """What is said of code that was stopped after so many seconds, of which it chose to wait so many."""
    return f"{STOPPED_AFTER} {seconds:g} s: {WAITS if waited > seconds / 2 else otherwise}"


class Clock:
    """The time that one process has used since this was made. Each look costs some microseconds.

    Args:
        stat: a descriptor of its first thread's schedstat; None where there is none.
        computed: gives the CPU that the process has used, in seconds; None when that cannot be told any more.
        process: its number, to look at its other threads with; 0 where they are out of sight.
    """

    def __init__(self, stat: int | None, computed: Callable[[], float | None], process: int = 0) -> None:
        if stat is not None and not _tells(stat):
            os.close(stat)
            stat = None
        self._stat = stat
        told = computed() is not None
        self._computed = computed if told else lambda: 0.0
        # Where not even CPU can be told, there is the wall clock alone.
        self._share = 1 / GENEROUS if told else 1.0
        self._process = process
        self._cpu = self._waited = 0.0
        self._was = self._read()

    @classmethod
    def of(cls, process: int) -> Clock:
        """The clock of another process, as long as that is there."""
        stat = None
        with contextlib.suppress(OSError):
            stat = os.open(f"/proc/{process}/schedstat", os.O_RDONLY | os.O_CLOEXEC)
        # The kernel numbers every process's clock after the process.
        return cls(stat, lambda: _clock((~process << 3) | 2), process)

    @property
    def used(self) -> float:
        """Seconds, as they were at the last look."""
        return self._cpu + self.waited

    @property
    def computed(self) -> float:
        """The part of them that is CPU."""
        return self._cpu

    @property
    def waited(self) -> float:
        """The part of them that it chose to wait."""
        return max(self._waited, 0.0)

    def look(self) -> float:
        """Seconds used until now."""
        return self._advance(waits=True)

    def skip(self) -> float:
        """Seconds used until now, where what it has waited since the last look was not its choice."""
        return self._advance(waits=False)

    def unseen(self) -> float:
        """How much of the time since the last look it can have chosen to wait."""
        now = self._read()
        return max(self._idle(self._was, now), 0.0) if self._was and now else 0.0

    def _advance(self, waits: bool) -> float:
        was, now = self._was, self._read()
        if was is None or now is None:
            return self.used
        if self._stat is not None and now[2][0] == was[2][0] and self._is_ready():
            # How long it has been in the queue is told when it is out of it.
            return self.used
        self._cpu += now[1] - was[1]
        if waits:
            self._waited += self._idle(was, now)
        self._was = now
        return self.used

    def _idle(self, was: Reading, now: Reading) -> float:
        went_by, computed = now[0] - was[0], now[1] - was[1]
        if self._stat is None:
            return (went_by - computed) * self._share
        first = now[2][0] - was[2][0]
        # A thread that is waited for is not idle; nor are several that wait for each other.
        others = [min(busy - was[2].get(thread, 0.0), went_by) for thread, busy in now[2].items() if thread]
        return went_by - max([first, min(computed - first, went_by), *others])

    def _read(self) -> Reading | None:
        computed = self._computed()
        if computed is None:
            return None
        if self._stat is None:
            return time.monotonic(), computed, {}
        try:
            ran, queued = _times(os.pread(self._stat, 100, 0))
            threads = {0: ran + queued}
            if self._process and computed - ran > _TICK:
                threads |= self._threads()
            return time.monotonic(), computed, threads
        except (OSError, ValueError):
            return None

    def _threads(self) -> dict[int, float]:
        """The threads beside the first one."""
        found = {}
        for name in os.listdir(f"/proc/{self._process}/task"):
            if int(name) != self._process:
                with contextlib.suppress(OSError), open(f"/proc/{self._process}/task/{name}/schedstat", "rb") as file:
                    found[int(name)] = sum(_times(file.read()))
        return found

    def _is_ready(self) -> bool:
        """Whether the process is in the queue for a processor, as far as that can be seen."""
        if not self._process:
            return False
        with contextlib.suppress(OSError), open(f"/proc/{self._process}/stat", "rb") as file:
            return file.read().rpartition(b") ")[2][:1] == b"R"
        return False

    @contextlib.contextmanager
    def limit(self, seconds: float, ring: Callable[[], None]) -> Iterator[None]:
        """In this process itself: call `ring`, in the midst of what runs within, once it has used so many seconds.

        `ring` may raise. It is called again and again, for code that catches everything.
        """
        end = self.look() + seconds

        def stop(signum: int, frame: object) -> None:
            left = end - self.look()
            signal.setitimer(signal.ITIMER_REAL, max(left, 0.001) if left > 0 else _AGAIN)
            if left <= 0:
                ring()

        before = signal.signal(signal.SIGALRM, stop)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            if signal.getsignal(signal.SIGALRM) is stop:
                signal.signal(signal.SIGALRM, before)

    def close(self) -> None:
        """Let go of what it looks at; what was used stays."""
        self._was = None
        if self._stat is not None:
            os.close(self._stat)
            self._stat = None


def _clock(number: int) -> float | None:
    try:
        return time.clock_gettime(number)
    except OSError:
        return None


def _times(told: bytes) -> tuple[float, float]:
    ran, queued, *_ = told.split()
    return int(ran) / 1e9, int(queued) / 1e9


def _tells(stat: int) -> bool:
    """Whether the kernel keeps these times; one that does not may still have the file, with nothing but zeros."""
    try:
        return os.pread(stat, 100, 0).split()[2] != b"0"
    except (OSError, IndexError):
        return False
