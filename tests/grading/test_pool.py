"""Grader processes and what they are given: one thing to do and the next, none of it lost with a process."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from winnow.course import Course
from winnow.errors import GraderError
from winnow.grading import pool, process_tree
from winnow.grading.desk import Desk
from winnow.grading.job import Job, Settings
from winnow.grading.pool import _Given, _Seat
from winnow.grading.process import GraderProcess
from winnow.record import ExerciseResult

from ..support.small_course import FILES, RIGHT, make, submission

BROKEN = """
[[modules]]
id = "m09"
title = "A module that cannot be graded"
[[modules.exercises]]
id = "broken"
title = "Broken"
functions = ["broken"]
needs = []
points = 1
minutes = 1
level = 1
hints = ["one", "two", "three"]
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return make(tmp_path_factory.mktemp("course"))


@pytest.fixture
def grader(course: Course) -> Iterator[GraderProcess]:
    process = GraderProcess(Settings.of(course, (), b"s"))
    yield process
    process.close(at_once=True)


def seat(grader: GraderProcess, *texts: str) -> _Seat:
    """One of two graders, which is to grade these and to leave two for the other."""
    handed_in = [submission(text, student=f"s{at}") for at, text in enumerate([*texts, RIGHT, RIGHT])]
    desk = Desk((Job(one, ("double",)) for one in handed_in), 2)
    desk.join()
    desk.join()
    return _Seat(grader, desk)


def given(seat: _Seat) -> list[str]:
    """Whose submissions the grader has."""
    return [each.part.submission.student for each in seat.given]


def kill(grader: GraderProcess) -> None:
    assert grader.begin()
    assert grader._fork._process
    signal.pidfd_send_signal(grader._fork._process, signal.SIGKILL)
    assert grader._fork.join(60)


def taken(seat: _Seat, course: Course) -> ExerciseResult | None:
    if not seat.grader.begun:
        assert seat.take(course) is None
    found = seat.take(course)
    return found and found[1][0]


def test_a_grader_that_is_lost_before_it_begins_is_no_jobs_fault(
    grader: GraderProcess, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = seat(grader, RIGHT)
    one.fill()
    kill(grader)
    lost = iter([False, False])
    begin = process_tree.Fork.begin
    monkeypatch.setattr(process_tree.Fork, "begin", lambda fork: next(lost, True) and begin(fork))
    assert one.take(course) is None
    for _ in range(2):
        assert one.take(course) is None
        assert not grader.begun
    found = taken(one, course)
    assert found
    assert found.score == 10
    monkeypatch.setattr(process_tree.Fork, "begin", lambda _: False)
    with pytest.raises(GraderError, match="no grader process can be started"):
        GraderProcess(Settings.of(course, (), b"s"))


def test_a_grader_has_the_next_things_to_do_before_the_last_is_done(grader: GraderProcess, course: Course) -> None:
    one = seat(grader, RIGHT, "double = 3", RIGHT, RIGHT)
    one.fill()
    assert given(one) == ["s0", "s1", "s2"]
    found = taken(one, course)
    assert found
    assert found.score == 10
    one.fill()
    assert given(one) == ["s1", "s2", "s3"]


def test_what_is_left_at_the_end_is_for_graders_that_have_nothing_to_do(grader: GraderProcess) -> None:
    one = seat(grader, RIGHT)
    one.fill()
    assert given(one) == ["s0"]


def dealt(desk: Desk, *graders: set[str]) -> list[str]:
    """What each of these graders is given next, by what it has learnt."""
    found = []
    for learnt in graders:
        chosen = desk.next("", learnt)
        if chosen is not None:
            chosen[0].part(chosen[1])
        found.append(chosen[1] if chosen else "")
    return found


def test_an_exercise_is_learnt_by_one_more_grader_where_there_is_enough_to_do() -> None:
    few = Desk((Job(submission(RIGHT), ("double",)) for _ in range(Desk.ENOUGH + 10)), 2)
    first: set[str] = set()
    assert dealt(few, first, set()) == ["double", ""]
    assert not few.has_more
    for _ in range(Desk.ENOUGH - 1):
        ((one, _),) = [few.next("double", first) or pytest.fail("there is more")]
        one.part("double")
        few.close(one)
    assert few.has_more
    assert dealt(few, set(), first, set()) == ["double", "double", ""]


def test_graders_without_work_learn_what_nobody_has_learnt() -> None:
    two = Desk((Job(submission(RIGHT), ("double", "half")) for _ in range(4)), 2)
    first: set[str] = set()
    second: set[str] = set()
    assert sorted(dealt(two, first, second)) == ["double", "half"]
    assert dealt(two, set()) == [""]


def test_with_many_processors_half_as_many_graders_learn_an_exercise_at_once() -> None:
    many = Desk((Job(submission(RIGHT), ("double",)) for _ in range(20)), 8)
    assert dealt(many, *(set[str]() for _ in range(5))) == ["double"] * 4 + [""]


def test_what_would_fill_a_pipe_is_not_sent_ahead(grader: GraderProcess, course: Course) -> None:
    one = seat(grader, RIGHT, RIGHT + "#" * _Seat.AHEAD, RIGHT)
    one.fill()
    assert given(one) == ["s0"]
    assert taken(one, course)
    one.fill()
    assert given(one) == ["s1", "s2"]
    found = taken(one, course)
    assert found
    assert found.score == 10


def test_a_lost_grader_tries_again_and_does_what_was_waiting(grader: GraderProcess, course: Course) -> None:
    one = seat(grader, RIGHT, "def double(x):\n    return 2 * x\n", RIGHT)
    one.fill()
    kill(grader)
    assert taken(one, course) is None
    assert given(one) == ["s0", "s1", "s2"]
    scores = [found.score for _ in range(3) if (found := taken(one, course))]
    assert scores == [10, 8, 10]


def test_a_grader_that_is_lost_twice_costs_only_what_it_was_doing(grader: GraderProcess, course: Course) -> None:
    one = seat(grader, RIGHT, RIGHT, RIGHT)
    one.fill()
    kill(grader)
    assert taken(one, course) is None
    kill(grader)
    found = taken(one, course)
    assert found
    assert (found.status, found.score) == ("grader_error", 0)
    assert given(one) == ["s1", "s2"]
    found = taken(one, course)
    assert found
    assert found.score == 10


def test_a_grader_that_is_gone_may_still_be_given_something(grader: GraderProcess, course: Course) -> None:
    kill(grader)
    one = seat(grader, RIGHT)
    one.fill()
    assert taken(one, course) is None
    found = taken(one, course)
    assert found
    assert found.score == 10


def forker() -> int:
    """The process that graders are forked from."""
    fork = process_tree.Fork(say_parent)
    assert fork.begin()
    try:
        parent: int = fork.line.recv()
        return parent
    finally:
        fork.kill()
        fork.close()


def say_parent(line: Connection, _descriptors: Sequence[int]) -> None:
    line.send(os.getppid())


def stem() -> int:
    """The process that this one is forked from in turn."""
    return process_tree.stem()._process.pid


@pytest.mark.parametrize("lost", [forker, stem])
def test_a_grader_starts_although_the_process_it_is_forked_from_is_gone(
    course: Course, lost: Callable[[], int]
) -> None:
    process_tree.prewarm([])
    pid = lost()
    # Stopped, it takes the order to fork and is killed with it.
    os.kill(pid, signal.SIGSTOP)
    threading.Timer(0.5, os.kill, (pid, signal.SIGKILL)).start()
    process = GraderProcess(Settings.of(course, (), b"s"))
    try:
        job = Job(submission(RIGHT), ("double",))
        process.send(job)
        results = process.receive(job)
    finally:
        process.close(at_once=True)
    assert results
    assert results[0].score == 10


def test_what_a_refused_command_began_ends_without_a_word(tmp_path: Path) -> None:
    refused = subprocess.Popen([sys.executable, "-c", ""])
    refused.wait()
    about = tmp_path / "about"
    about.write_bytes(pickle.dumps((refused.pid, {}, "/", sys.dont_write_bytecode)))
    with about.open("rb") as file:
        assert process_tree.begin(-1, os.dup(file.fileno()), os.dup(1), os.dup(2)) is None


def test_a_grader_of_some_exercises_reads_no_other(tmp_path: Path) -> None:
    names = ("exercises/m09/broken.py", "exercises/m09/test_broken.py", "solutions/m09/broken.py",
             "graders/m09/test_broken.py", "graders/m09/broken_misconceptions.py")  # fmt: skip
    catalogue = {"exercises/course.toml": FILES["exercises/course.toml"] + BROKEN}
    bigger = make(tmp_path, FILES | dict.fromkeys(names, "raise ValueError") | catalogue)
    process = GraderProcess(replace(Settings.of(bigger, (), b"s"), exercises=("double",)))
    try:
        job = Job(submission(RIGHT), ("double",))
        process.send(job)
        results = process.receive(job)
    finally:
        process.close(at_once=True)
    assert results
    assert results[0].score == 10


def test_a_warm_process_has_done_without_what_takes_as_long_as_all_else() -> None:
    code = """
import sys
import torch
from winnow.grading import warmed
assert "torch._dynamo" not in sys.modules
assert "trio" not in sys.modules
a = torch.empty(2, 3, device="meta", requires_grad=True)
torch.nn.functional.softmax(torch.relu(a @ a.T).clamp(min=0) + 1, -1).mean().backward()
assert a.grad.shape == (2, 3)
assert "torch._dynamo" not in sys.modules
doubled = torch.compile(lambda x: torch.relu(x) + x, backend="eager")
assert doubled(torch.tensor([-1.0, 2.0])).tolist() == [-1.0, 4.0]
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stderr == ""


def test_nobody_waits_for_a_submission_that_holds_its_grader_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_Seat, "PATIENCE", 0.5)
    slow = make(
        tmp_path, FILES | {"exercises/course.toml": FILES["exercises/course.toml"].replace("wall = 2", "wall = 600")}
    )
    sleeps = "import time\n" + RIGHT.replace("return x + x", "time.sleep(500)")
    handed_in = [submission(text, student=f"s{at}") for at, text in enumerate([RIGHT, sleeps, *[RIGHT] * 8])]
    done = pool.grade(slow, (Job(one, ("double",)) for one in handed_in), Settings.of(slow, (), b"s"), 1)
    others = [(job.submission.student, results[0].score) for job, results in islice(done, 9)]
    done.close()
    assert sorted(others) == [(f"s{at}", 10) for at in (0, *range(2, 10))]


def test_on_a_busy_machine_a_grader_is_not_held_up_so_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    def patience(processes: int) -> float:
        monkeypatch.setattr(os, "getloadavg", lambda: (float(processes * (os.cpu_count() or 1)), 0.0, 0.0))
        return seat_of(looks_since=time.monotonic()).patience

    assert patience(0) <= _Seat.PATIENCE < 3 * _Seat.PATIENCE < patience(4) <= 4 * _Seat.PATIENCE


def seat_of(looks_since: float | None) -> _Seat:
    """One whose grader has a job, and has begun to look at it then, or learns what it is asked."""
    grader: Any = SimpleNamespace(since=lambda job: looks_since)
    nobody: Any = None
    seat = _Seat(grader, nobody)
    seat.given.append(_Given(nobody, nobody, 0))
    return seat


def test_learning_an_exercise_may_take_longer_than_one_submission(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getloadavg", lambda: (0.0, 0.0, 0.0))
    assert _Seat.PATIENCE < _Seat.LEARNING - 1 < seat_of(looks_since=None).patience <= _Seat.LEARNING
    assert seat_of(looks_since=time.monotonic() - _Seat.PATIENCE - 1).patience == 0


def test_why_no_grader_can_be_started_is_told(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    process_tree._tree.close()
    monkeypatch.setattr(process_tree, "__name__", "no_such_module")
    with pytest.raises(GraderError, match=r"lost at once \(ModuleNotFoundError: No module named 'no_such_module'\)"):
        GraderProcess(Settings.of(course, (), b"s"))


def test_a_grader_says_since_when_it_looks_at_a_submission(course: Course) -> None:
    one, other = (Job(submission(RIGHT, student=name), ("double",)) for name in ("s0", "s1"))
    grader = GraderProcess(Settings.of(course, (), b"s"))
    assert grader.since(one) is None
    began = time.monotonic()
    grader.send(one)
    assert grader.receive(one)
    since = grader.since(one)
    assert since is not None
    assert began < since < time.monotonic()
    assert grader.since(other) is None
    grader.close()


def test_no_submission_holds_up_a_grader_that_has_not_begun(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    aside: list[str] = []
    begin = process_tree.Fork.begin
    monkeypatch.setattr(_Seat, "PATIENCE", 0.5)
    monkeypatch.setattr(_Seat, "set_aside", lambda seat: aside.extend(given(seat)))
    monkeypatch.setattr(process_tree.Fork, "begin", lambda fork: time.sleep(1) or begin(fork))
    done = pool.grade(course, [Job(submission(RIGHT, student="s0"), ("double",))], Settings.of(course, (), b"s"), 1)
    assert [results[0].score for _, results in done] == [10]
    assert aside == []


def test_what_is_left_of_a_slow_submission_comes_last() -> None:
    desk = Desk((Job(submission(RIGHT, student=f"s{at}"), ("double", "half")) for at in range(3)), 1)
    found = desk.next("", set())
    assert found
    first, exercise = found
    first.part(exercise)
    first.slow = True
    order = []
    while found := desk.next(exercise, {"double", "half"}):
        one, exercise = found
        one.part(exercise)
        order.append((one.job.submission.student, exercise))
    assert order[-1][0] == "s0"
    assert len(order) == 5
