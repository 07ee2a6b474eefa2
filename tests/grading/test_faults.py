"""What can go wrong around a run: each fault is one sentence, loses nothing, and invents no score."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from winnow import store
from winnow.cli import main
from winnow.record_file import load

from ..support.class_tools import WRONG, command, hand_in
from ..support.small_course import FILES, RIGHT, make

LEARNERS = 60


@pytest.fixture
def submissions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WINNOW_COURSE", str(make(tmp_path / "course").root))
    texts = {f"s{n:02d}": f"{WRONG if n % 3 else RIGHT}\nN = {n}\n" for n in range(LEARNERS)}
    return hand_in(tmp_path / "class", texts)


def grade(submissions: Path, out: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    words = command(submissions, out)
    return subprocess.run(words, capture_output=True, text=True, check=False, env={**os.environ, **environment})


def undisturbed(submissions: Path, tmp_path: Path) -> bytes:
    assert grade(submissions, tmp_path / "undisturbed").returncode == 0
    return (tmp_path / "undisturbed" / "results.json").read_bytes()


def test_a_clock_that_jumps_changes_nothing(submissions: Path, tmp_path: Path) -> None:
    """In the process that is started, and in graders, which read the course; nurseries read only CPU time's clock."""
    seen, patch = tmp_path / "seen", tmp_path / "patch"
    seen.mkdir()
    patch.mkdir()
    jumps = dedent(f"""
        import itertools, os, time
        real, jumps = time.time, itertools.cycle([0, 4e8, -1e9, 86400, -3600, 7e8])
        def jumping():
            with open({str(seen)!r} + f"/{{os.getpid()}}", "a"):
                return real() + next(jumps)
        if {str(patch)!r} in os.environ.get("PYTHONPATH", ""):
            time.time, time.time_ns = jumping, lambda: int(jumping() * 1e9)
    """)
    (patch / "sitecustomize.py").write_text(jumps, encoding="utf-8")
    checks = tmp_path / "course" / "graders" / "m01" / "test_double.py"
    checks.write_text(checks.read_text(encoding="utf-8") + jumps, encoding="utf-8")
    path = os.pathsep.join([str(patch), *filter(None, [os.environ.get("PYTHONPATH")])])
    words = command(submissions, tmp_path / "jumping")
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": path}) as process:
        process.wait()
    assert process.returncode == 0
    # pytest asks for the time in the grader's process, if nobody else does.
    assert {int(found.name) for found in seen.iterdir()} - {process.pid}
    assert (tmp_path / "jumping" / "results.json").read_bytes() == undisturbed(submissions, tmp_path)


def test_a_store_that_another_program_holds_is_told_and_nothing_is_lost(
    submissions: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(store, "PATIENCE", 0.01)
    out = tmp_path / "out"
    words = command(submissions, out)[3:]
    assert main(words) == 0
    before = (out / "results.json").read_bytes()
    hand_in(submissions, {"s01": RIGHT})
    holder = sqlite3.connect(out / "winnow.sqlite", isolation_level=None)
    for begin in "BEGIN EXCLUSIVE", "PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE":
        holder.executescript(begin)
        capsys.readouterr()
        assert main(words) == 3
        (said,) = capsys.readouterr().err.splitlines()
        assert re.fullmatch(r"winnow: \S+winnow\.sqlite is in use by another program: wait .*", said)
        assert (out / "results.json").read_bytes() == before
        holder.execute("ROLLBACK")
    holder.close()
    assert main(words) == 0
    assert (out / "results.json").read_bytes() == undisturbed(submissions, tmp_path)


def test_of_two_runs_on_one_folder_the_second_is_refused_and_the_first_goes_on(
    submissions: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    with subprocess.Popen(command(submissions, out), stdout=subprocess.PIPE) as first:
        assert first.stdout is not None
        assert first.stdout.readline().startswith(b'{"student"')
        second = grade(submissions, out)
        first.stdout.read()
    assert second.returncode == 2
    assert second.stderr.splitlines() == [
        f"winnow: another run (process {first.pid}) is grading into {out}: "
        "wait for it to end, or grade into another folder"
    ]
    assert first.returncode == 0
    assert (out / "results.json").read_bytes() == undisturbed(submissions, tmp_path)


def read(path: Path) -> bytes:
    """What the kernel says of a process; nothing when it has ended meanwhile."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def descendants(pid: int) -> Iterator[tuple[int, bytes]]:
    """Process and name of all that `pid` started."""
    try:
        threads = os.listdir(f"/proc/{pid}/task")
    except OSError:  # it has ended since its parent named it
        return
    for thread in threads:
        for child in read(Path(f"/proc/{pid}/task/{thread}/children")).split():
            yield int(child), read(Path(f"/proc/{child.decode()}/comm")).strip()
            yield from descendants(int(child))


@pytest.mark.parametrize("name", [b"winnow-nursery", b"winnow-grader"])
def test_a_process_of_the_grader_that_is_lost_costs_nobody_a_point(
    submissions: Path, tmp_path: Path, name: bytes
) -> None:
    out = tmp_path / "out"
    with subprocess.Popen(command(submissions, out), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdout is not None
        assert run.stdout.readline().startswith(b'{"student"')
        found = [pid for pid, named in descendants(run.pid) if named == name]
        for pid in found:
            os.kill(pid, signal.SIGKILL)
        _, said = run.communicate()
    assert found
    assert (run.returncode, said) == (0, b"")
    assert (out / "results.json").read_bytes() == undisturbed(submissions, tmp_path)


def test_submissions_that_cannot_be_read_are_told_and_the_others_are_graded(submissions: Path, tmp_path: Path) -> None:
    (submissions / "torn.zip").write_bytes(b"PK\x03\x04 and no more")
    (submissions / "packed.rar").write_bytes(b"Rar!\x1a\x07\x00")
    (submissions / "nothing").mkdir()
    out = tmp_path / "out"
    done = grade(submissions, out)
    assert done.returncode == 1
    assert [line.split(":")[:3] for line in done.stderr.splitlines()] == [
        ["winnow", " not graded", " packed"],
        ["winnow", " not graded", " torn"],
    ]
    by_student = {one.student: one for one in load(out / "results.json").submissions}
    assert len(by_student) == LEARNERS + 3
    assert [by_student[name].exercises[0].status for name in ("torn", "packed", "nothing")] == [
        "unreadable", "unreadable", "missing",
    ]  # fmt: skip
    assert by_student["s00"].score == 10.0
    assert grade(submissions, out).returncode == 1
    (submissions / "torn.zip").unlink()
    (submissions / "packed.rar").unlink()
    assert grade(submissions, out).returncode == 0


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGTERM])
@pytest.mark.parametrize("sandbox", ["off", "auto"])
def test_no_process_outlives_a_run_that_was_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, blow: signal.Signals, sandbox: str
) -> None:
    longer = FILES | {"exercises/course.toml": FILES["exercises/course.toml"].replace("wall = 2", "wall = 600")}
    monkeypatch.setenv("WINNOW_COURSE", str(make(tmp_path / "course", longer).root))
    endless = hand_in(tmp_path / "class", {"kim": "import time\ndef double(x):\n    time.sleep(600)\n"})
    words = [*command(endless, tmp_path / "out"), f"--sandbox={sandbox}"]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL) as run:
        while b"winnow-worker" not in (there := dict(descendants(run.pid))).values():
            assert run.poll() is None
        started = {pid: began for pid in there if (began := beginning(pid))}
        run.send_signal(blow)
    deadline = time.monotonic() + 60
    while left := [pid for pid, began in started.items() if beginning(pid) == began]:
        assert time.monotonic() < deadline, [read(Path(f"/proc/{pid}/comm")) for pid in left]
        time.sleep(0.05)


def beginning(pid: int) -> bytes:
    """When a process began; empty where it has ended."""
    told = read(Path(f"/proc/{pid}/stat")).rpartition(b") ")[2].split()
    return b"" if not told or told[0] == b"Z" else told[19]
