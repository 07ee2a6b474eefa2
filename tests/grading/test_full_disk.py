"""A full disk, a real one: nothing that was reported is lost, nothing half-written takes a good file's place."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from ..support.class_tools import WRONG, Disk, benchmark, command, hand_in, small_disk
from ..support.small_course import RIGHT, make

LEARNERS = 60
PRINTING = "print('x' * 2000)\n"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    with small_disk(tmp_path / "disk") as made:
        if made is None:
            pytest.skip("no file system can be mounted here: no user namespaces")
        yield made


@pytest.fixture
def submissions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WINNOW_COURSE", str(make(tmp_path / "course").root))
    texts = {f"s{n:02d}": f"{WRONG if n % 3 else RIGHT}\nN = {n}\n{PRINTING}" for n in range(LEARNERS)}
    return hand_in(tmp_path / "class", texts)


def grade(submissions: Path, out: Path, disk: Disk | None = None) -> subprocess.CompletedProcess[str]:
    words = [*(disk.enter if disk else ()), *command(submissions, out)]
    return subprocess.run(words, capture_output=True, text=True, check=False)


def same(one: Path, other: Path) -> bool:
    names = ["results.json", "grades.csv", "report.html", "feedback/s01.html", "feedback/s59.md"]
    return all((one / name).read_bytes() == (other / name).read_bytes() for name in names)


def test_a_store_that_cannot_grow_keeps_what_was_reported_and_goes_on_later(
    disk: Disk, submissions: Path, tmp_path: Path
) -> None:
    out, seen = disk.folder / "out", disk.seen / "out"
    disk.leave(400_000)
    stopped = grade(submissions, out, disk)
    assert stopped.returncode == 3
    (said,) = stopped.stderr.splitlines()
    assert re.fullmatch(r"winnow: \S+winnow\.sqlite cannot grow: the disk is full.*run again when there is room", said)
    reported = {line["student"]: line["score"] for line in map(json.loads, stopped.stdout.splitlines())}
    assert 0 < len(reported) < LEARNERS
    assert not (seen / "results.json").exists()
    disk.make_room()
    # SQLite does not open a file by way of /proc.
    shutil.copytree(seen, tmp_path / "copy")
    kept = {student for student, _ in benchmark("kills").content(tmp_path / "copy")["learners"]}
    assert reported.keys() <= kept
    resumed = grade(submissions, out, disk)
    assert resumed.returncode == 0, resumed.stderr
    assert json.loads(resumed.stdout.splitlines()[-1])["taken_over"] >= len(reported)
    assert grade(submissions, tmp_path / "whole").returncode == 0
    assert same(seen, tmp_path / "whole")


def test_no_output_takes_the_place_of_a_good_one_before_it_is_whole(
    disk: Disk, submissions: Path, tmp_path: Path
) -> None:
    out, seen = disk.folder / "out", disk.seen / "out"
    seen.mkdir()
    # The store has room elsewhere: it is the outputs that fill the disk.
    (seen / "winnow.sqlite").symlink_to(tmp_path / "store.sqlite")
    assert grade(submissions, out, disk).returncode == 0
    before = (seen / "results.json").read_bytes()
    shutil.rmtree(seen / "feedback")
    hand_in(submissions, {"s01": f"{RIGHT}{PRINTING}"})
    assert grade(submissions, tmp_path / "whole").returncode == 0
    after = (tmp_path / "whole" / "results.json").read_bytes()
    for room, unwritten in (50_000, "results.json"), (len(after) + 100_000, "feedback/"):
        disk.leave(room)
        stopped = grade(submissions, out, disk)
        (said,) = stopped.stderr.splitlines()
        assert said.startswith(f"winnow: {out}/{unwritten}")
        assert said.endswith(
            " cannot be written (No space left on device); what was graded is kept: make room, and run again"
        )
        assert stopped.returncode == 3
        assert not list(seen.rglob("*.part"))
        assert (seen / "results.json").read_bytes() == (before if unwritten == "results.json" else after)
    disk.make_room()
    assert grade(submissions, out, disk).returncode == 0
    assert same(seen, tmp_path / "whole")


def test_a_run_whose_own_output_cannot_be_written_says_so(submissions: Path, tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        words = command(submissions, tmp_path / "out")
        done = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.stderr.splitlines() == [
        "winnow: standard output cannot be written (No space left on device); make room, and run again"
    ]
    assert done.returncode == 3
