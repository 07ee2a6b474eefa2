"""The clock that limits go by: CPU and chosen waits, and nothing of what others took."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from winnow.course import Course, Limits
from winnow.worker import clock as module
from winnow.worker.clock import Clock

from ..support.small_course import RIGHT, grade, make, submission

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the kernel of Linux tells what a thread waited for")
# Sleeps, and computes a fiftieth of the time, in all a second longer than a load may take.
DRIP = """
import time
end = time.monotonic() + 3
while time.monotonic() < end:
    mark = time.process_time()
    while time.process_time() - mark < 0.002: pass
    time.sleep(0.098)
"""
COMPUTES = """
import time
mark = time.process_time()
while time.process_time() - mark < 0.25: pass
"""


class Scripted:
    """A process whose times are written by hand, in seconds."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, told: bool = True) -> None:
        self.wall = self.cpu = 100.0
        self._ran, self._queued = 0.5, 0.25
        self._file = folder / "schedstat"
        self._write(told)
        monkeypatch.setattr(module.time, "monotonic", lambda: self.wall)
        self.clock = Clock(os.open(self._file, os.O_RDONLY), lambda: self.cpu)

    def _write(self, told: bool = True) -> None:
        text = f"{self._ran * 1e9:.0f} {self._queued * 1e9:.0f} 7\n" if told else "0 0 0\n"
        self._file.write_text(text)

    def goes_on(self, wall: float, ran: float = 0.0, queued: float = 0.0, others: float = 0.0) -> float:
        """What the clock shows after so much time: of the first thread, and the CPU of others."""
        self.wall += wall
        self.cpu += ran + others
        if self._ran:
            self._ran += ran
            self._queued += queued
            self._write()
        return self.clock.look()


def test_waits_that_were_chosen_count_and_the_queue_for_a_processor_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    process = Scripted(tmp_path, monkeypatch)
    assert process.goes_on(1.0, ran=1.0) == pytest.approx(1.0)
    assert process.goes_on(2.0) == pytest.approx(3.0)
    assert process.goes_on(8.0, ran=1.0, queued=7.0) == pytest.approx(4.0)
    assert process.clock.computed == pytest.approx(2.0)


def test_the_queue_is_told_late_and_still_counts_for_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    process = Scripted(tmp_path, monkeypatch)
    process.goes_on(1.0)
    assert process.goes_on(0.0, queued=0.75) == pytest.approx(0.25)


def test_who_waits_for_another_thread_that_computes_does_not_count_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    process = Scripted(tmp_path, monkeypatch)
    assert process.goes_on(3.0, others=3.0) == pytest.approx(3.0)
    assert process.goes_on(3.0, others=6.0) == pytest.approx(9.0)


def test_what_was_not_its_choice_is_passed_over_but_for_what_it_computed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    process = Scripted(tmp_path, monkeypatch)
    process.wall += 5
    process.cpu += 1
    assert process.clock.unseen() == pytest.approx(4.0)
    assert process.clock.skip() == pytest.approx(1.0)
    assert process.clock.unseen() == 0.0


def test_where_the_kernel_tells_nothing_cpu_counts_and_a_little_of_the_wall(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    process = Scripted(tmp_path, monkeypatch, told=False)
    process._ran = 0.0
    assert process.goes_on(1.0, others=1.0) == pytest.approx(1.0)
    assert process.goes_on(10.0) == pytest.approx(2.0)


def test_a_process_that_is_gone_has_used_what_it_had_used() -> None:
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, text=True)
    clock = Clock.of(process.pid)
    process.communicate("\n")
    used = clock.look()
    assert clock.look() == used
    clock.close()
    assert clock.used == used


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return make(tmp_path)


@pytest.fixture
def busy() -> Iterator[None]:
    """One processor for all that starts here, and three others who want it all the time."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    others = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(3)]
    try:
        yield
    finally:
        for other in others:
            other.kill()
            other.wait()
        os.sched_setaffinity(0, before)


@LINUX
@pytest.mark.usefixtures("busy")
def test_a_cell_on_a_busy_machine_has_the_time_that_it_has_on_a_quiet_one(course: Course) -> None:
    (result,) = grade(course, submission("first = 1", COMPUTES + RIGHT))
    assert (result.score, result.notes) == (10.0, ())


def test_sleeping_is_as_dear_as_computing(course: Course) -> None:
    (result,) = grade(course, submission(DRIP + RIGHT))
    assert (result.score, result.stopped) == (10.0, True)
    assert result.notes == ("double.py, line 4: stopped after 0.5 s: it waited, as time.sleep does",)


def test_all_that_was_handed_in_for_an_exercise_has_one_allowance(tmp_path: Path) -> None:
    course = make(tmp_path)
    exercise = replace(course.exercises[0], limits=Limits(wall=2, cpu=2, total=3, memory=256))
    module = replace(course.modules[0], exercises=(exercise,))
    sleeps = "import time\nwhile True:\n    try:\n        time.sleep(1000)\n    except BaseException:\n        pass\n"
    handed_in = submission(sleeps, fallbacks=(sleeps + "#", sleeps + "##", RIGHT))
    (result,) = grade(replace(course, modules=(module,)), handed_in)
    assert (result.score, result.stopped) == (0.0, True)
