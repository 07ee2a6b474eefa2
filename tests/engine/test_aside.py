"""Work beside the caller's: its result comes, whatever becomes of the process that does it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time

import pytest

from winnow.grading.aside import aside


def pid(_caller: int) -> int:
    return os.getpid()


def only_in(caller: int) -> int:
    """Ends every process but the caller's."""
    if os.getpid() != caller:
        os.kill(os.getpid(), signal.SIGKILL)
    return os.getpid()


def wrong(caller: int) -> int:
    raise ValueError(f"in {os.getpid() == caller}")


def long(_caller: int) -> int:
    time.sleep(600)
    return 0


def test_the_work_is_done_in_another_process() -> None:
    with aside(pid, os.getpid()) as found:
        assert found() != os.getpid()


def test_a_lost_process_costs_time_only() -> None:
    with aside(only_in, os.getpid()) as found:
        assert found() == os.getpid()


def test_the_caller_meets_the_error() -> None:
    with aside(wrong, os.getpid()) as found, pytest.raises(ValueError, match="in True"):
        found()


def test_a_process_that_cannot_start_costs_time_only(monkeypatch: pytest.MonkeyPatch) -> None:
    def start(_self: object) -> None:
        raise EOFError

    monkeypatch.setattr(multiprocessing.context.ForkServerProcess, "start", start)
    monkeypatch.setattr(multiprocessing.context.SpawnProcess, "start", start)
    with aside(pid, os.getpid()) as found:
        assert found() == os.getpid()


def test_nobody_waits_for_a_result_that_is_not_asked_for() -> None:
    with aside(long, os.getpid()):
        (process,) = [one for one in multiprocessing.active_children() if one.name == "winnow-aside"]
    assert not process.is_alive()
