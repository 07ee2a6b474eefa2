"""Work beside the caller's: its result comes, whatever becomes of the process that does it."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from pathlib import Path

import pytest

from winnow.grading import process_tree
from winnow.grading.background import in_background


def pid(_caller: int) -> int:
    return os.getpid()


def only_in(caller: int) -> int:
    """Ends every process but the caller's."""
    if os.getpid() != caller:
        os.kill(os.getpid(), signal.SIGKILL)
    return os.getpid()


def wrong(caller: int) -> int:
    raise ValueError(f"in {os.getpid() == caller}")


def long(file: str) -> int:
    Path(file).write_text(f"{os.getpid()}\n")
    time.sleep(600)
    return 0


def test_the_work_is_done_in_another_process() -> None:
    with in_background(pid, os.getpid()) as found:
        assert found() != os.getpid()


def test_a_lost_process_costs_time_only() -> None:
    with in_background(only_in, os.getpid()) as found:
        assert found() == os.getpid()


def test_the_caller_meets_the_error() -> None:
    with in_background(wrong, os.getpid()) as found, pytest.raises(ValueError, match="in True"):
        found()


def test_a_process_that_cannot_start_costs_time_only(monkeypatch: pytest.MonkeyPatch) -> None:
    def lost() -> None:
        raise OSError("there is no room for another process")

    monkeypatch.setattr(process_tree, "Fork", lambda *_: lost())
    with in_background(pid, os.getpid()) as found:
        assert found() == os.getpid()


def test_nobody_waits_for_a_result_that_is_not_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "pid"
    with in_background(long, str(file)):
        while not file.exists() or not file.read_text().endswith("\n"):
            time.sleep(0.01)
    # Ended; it may be that nobody has asked how.
    with contextlib.suppress(OSError):
        stat = Path(f"/proc/{file.read_text().strip()}/stat").read_text()
        assert stat.rpartition(")")[2].split()[0] == "Z"
