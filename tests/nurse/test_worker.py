"""A worker, as the trusted side sees it."""

from __future__ import annotations

import os
import select
import socket
import subprocess
import sys
from typing import Any

import pytest

from winnow.course import Limits
from winnow.nurse import worker
from winnow.worker.clock import Clock


def test_code_that_takes_long_lets_others_go_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """One learner's loop took half of the processors, and the others of the class waited twice as long."""
    monkeypatch.setattr(worker, "MAKES_WAY", 0.3)
    nursery: Any = None
    ours, theirs = socket.socketpair()
    with ours, theirs, subprocess.Popen([sys.executable, "-c", "while True: pass"]) as loop:
        try:
            one = worker.Worker(nursery, loop.pid, ours, Limits(), None)
            one._process, clock = loop.pid, Clock.of(loop.pid)
            own = os.getpriority(os.PRIO_PROCESS, 0)
            for seconds, nicer in ((0.1, 0), (0.9, worker.NICER), (0.2, worker.NICER)):
                with pytest.raises(TimeoutError):
                    one._wait(select.POLLIN, clock, clock.used + seconds)
                assert os.getpriority(os.PRIO_PROCESS, loop.pid) == own + nicer
            clock.close()
        finally:
            loop.kill()
