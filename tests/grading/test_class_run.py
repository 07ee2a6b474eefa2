"""A class run loses nothing that it reported, whatever happens to it, and says in one sentence what did."""

from __future__ import annotations

import fcntl
import importlib.util
import json
import os
import platform
import random
import re
import resource
import sqlite3
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from types import ModuleType

import pytest

from winnow.cli import main
from winnow.record import ExerciseResult
from winnow.record_file import load
from winnow.store import Store, StoreError

from ..support.small_course import RIGHT, make

WRONG = "def double(x):\n    return x * x\ndef half(x):\n    return x / 2\n"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make(tmp_path / "course").root
    monkeypatch.setenv("WINNOW_COURSE", str(root))
    return root


def hand_in(folder: Path, **texts: str) -> Path:
    for student, text in texts.items():
        own = folder / student
        own.mkdir(parents=True, exist_ok=True)
        (own / "double.py").write_text(text, encoding="utf-8")
    return folder


def grade(submissions: Path, out: Path, *more: str) -> int:
    return main(["grade", str(submissions), "--out", str(out), "--sandbox=off", "--jobs=1", *more])


@pytest.fixture
def submissions(tmp_path: Path) -> Path:
    return hand_in(tmp_path / "class", ada=RIGHT, bob=WRONG, **{"王小明": RIGHT + "\n# 你好\n"})


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_equal_runs_write_equal_bytes(course: Path, submissions: Path, tmp_path: Path) -> None:
    assert grade(submissions, tmp_path / "one") == grade(submissions, tmp_path / "two") == 0
    record = (tmp_path / "one" / "results.json").read_bytes()
    libraries = {name: metadata.version(name) for name in ("numpy", "pandas", "torch")}
    assert json.loads(record)["versions"] == {"python": platform.python_version(), **libraries}
    assert record == (tmp_path / "two" / "results.json").read_bytes()
    assert grade(submissions, tmp_path / "one", "--fresh") == 0
    assert record == (tmp_path / "one" / "results.json").read_bytes()
    for name in ("grades.csv", "report.html", "feedback/ada.html"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_only_what_changed_is_graded_again(
    course: Path, submissions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert grade(submissions, tmp_path / "out", "--json") == 0
    assert lines(capsys.readouterr().out)[-1]["taken_over"] == 0
    hand_in(submissions, bob=RIGHT + "\n# better\n")
    assert grade(submissions, tmp_path / "out", "--json") == 0
    told = lines(capsys.readouterr().out)
    assert told[-1] == {"learners": 3, "taken_over": 2, "unread": [], "faults": []}
    assert {line["student"]: line["score"] for line in told[:-1]} == {"ada": 10.0, "bob": 10.0, "王小明": 10.0}
    assert grade(submissions, tmp_path / "out", "--json", "--fresh") == 0
    assert lines(capsys.readouterr().out)[-1]["taken_over"] == 0


def test_two_runs_in_one_folder_are_one_too_many(
    course: Path, submissions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    with (out / ".winnow.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert grade(submissions, out) == 2
    (said,) = capsys.readouterr().err.splitlines()
    assert said.startswith("winnow: another run")
    assert not (out / "winnow.sqlite").exists()


def test_a_store_that_is_locked_or_damaged_is_told_in_a_sentence(
    course: Path, submissions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "winnow.sqlite").write_bytes(b"this is no database" * 100)
    assert grade(submissions, out) == 3
    (said,) = capsys.readouterr().err.splitlines()
    assert re.fullmatch(r"winnow: .*winnow\.sqlite cannot be used \(.*\): move it away .*", said)


def test_a_store_in_other_hands_is_waited_for_and_then_told(tmp_path: Path) -> None:
    store = Store(tmp_path / "winnow.sqlite")
    store._db.execute("PRAGMA busy_timeout=1")
    other = sqlite3.connect(tmp_path / "winnow.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="in use by another program"):
        store.keep("ada", [("k", ExerciseResult("double", "graded", 1.0, 1.0))])
    other.execute("ROLLBACK")
    other.close()
    store.keep("ada", [("k", ExerciseResult("double", "graded", 1.0, 1.0, output="half a pair \ud83d"))])
    assert store.latest("ada")["double"].output == "half a pair \ud83d"
    store.close()


def test_a_fault_of_the_grader_is_told_and_tried_again(tmp_path: Path) -> None:
    store = Store(tmp_path / "winnow.sqlite")
    store.keep("ada", [("k", ExerciseResult("double", "grader_error", 0.0, 1.0, message="lost"))], ["a remark"])
    assert store.find("k") is None
    assert store.latest("ada")["double"].status == "grader_error"
    assert store.notes("ada") == ("a remark",)
    store.close()


def test_a_full_disk_loses_nothing_that_was_kept(tmp_path: Path) -> None:
    script = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from winnow.record import ExerciseResult\n"
        "from winnow.store import Store, StoreError\n"
        "store = Store(Path(sys.argv[1]))\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))\n"
        "try:\n"
        "    for n in range(100_000):\n"
        "        store.keep(f's{n}', [(f'k{n}', ExerciseResult('double', 'graded', n, 1.0, output='x' * 1000))])\n"
        "        print(n, flush=True)\n"
        "except StoreError as error:\n"
        "    print(error, file=sys.stderr)\n"
    )
    path = tmp_path / "winnow.sqlite"
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True)
    assert "cannot grow" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    reported = len(done.stdout.splitlines())
    assert reported > 10
    store = Store(path)
    assert [store.latest(f"s{n}")["double"].score for n in range(reported)] == list(range(reported))
    assert len(list(store.students())) == reported
    store.close()
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[1] == resource.RLIM_INFINITY


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_cannot_be_written_is_told(course: Path, submissions: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir(mode=0o555)
    assert grade(submissions, out) == 2


def test_results_below_a_file_are_refused(
    course: Path, submissions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    assert grade(submissions, tmp_path / "file" / "out") == 2
    assert "cannot be used as the results folder" in capsys.readouterr().err


def test_no_verdict_looks_at_the_clock_on_the_wall() -> None:
    engine = ROOT / "src" / "winnow"
    users = [p for part in ("grading", "checks", "diagnosis", "nurse", "worker") for p in (engine / part).rglob("*.py")]
    for path in (*users, engine / "store.py"):
        assert not re.search(r"time\.time\(|datetime\.now|utcnow", path.read_text(encoding="utf-8")), path


def test_regrade_tells_whose_score_changes_before_anything_does(
    course: Path, submissions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    out = tmp_path / "out"
    words = ["regrade", str(submissions), "--out", str(out), "--sandbox=off", "--jobs=1"]
    assert main(words) == 2
    assert "winnow grade comes first" in capsys.readouterr().err
    assert grade(submissions, out) == 0
    before = (out / "results.json").read_bytes()
    capsys.readouterr()
    assert main(words) == 0
    assert "no score changes" in capsys.readouterr().out
    checks = course / "graders" / "m01" / "test_double.py"
    corrected = checks.read_text(encoding="utf-8").replace(
        "call(float(rng.normal()))\n        yield call([1, 2])", "call(2)"
    )
    corrected = corrected.replace("yield call([1, 2])", "yield call(0)").replace("float(rng.normal())", "2")
    checks.write_text(corrected, encoding="utf-8")
    script = [sys.executable, "-m", "winnow.cli", *words]
    told = subprocess.run(script, capture_output=True, text=True, check=True)
    assert re.search(r"bob +double +\S+ +\S+ +\+\S+ +test_any_number: failed, now passed", told.stdout)
    assert "1 of 3 learners" in told.stdout
    assert (out / "results.json").read_bytes() == before
    subprocess.run([*script, "--apply"], capture_output=True, text=True, check=True)
    after = {one.student: one.score for one in load(out / "results.json").submissions}
    assert after["ada"] == 10.0
    assert after["bob"] > {one.student: one.score for one in _parsed(before)}["bob"]


def _parsed(text: bytes) -> list[ExerciseResult]:
    from winnow.record import submission_from_json

    return [submission_from_json(item) for item in json.loads(text)["submissions"]]  # type: ignore[misc]


def kills() -> ModuleType:
    spec = importlib.util.spec_from_file_location("kills", ROOT / "benchmarks" / "kills.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_killed_runs_end_with_the_store_of_an_undisturbed_one(course: Path, tmp_path: Path) -> None:
    texts = {f"s{n}": f"{WRONG if n % 3 else RIGHT}\nN = {n}\n" for n in range(12)}
    folder = hand_in(tmp_path / "class", **texts)
    tool = kills()
    assert tool.disturbed(course, folder, tmp_path / "disturbed", 3, random.Random(1)) == 3
    tool.finish(course, folder, tmp_path / "whole")
    assert tool.content(tmp_path / "disturbed") == tool.content(tmp_path / "whole")
    assert len(tool.content(tmp_path / "whole")["learners"]) == 12


def test_ctrl_c_says_what_is_kept(course: Path, tmp_path: Path) -> None:
    # Each takes its time: the class must not be graded before the signal comes.
    texts = {f"s{n}": f"import time\n\ntime.sleep(0.2)\n{RIGHT}\nN = {n}\n" for n in range(60)}
    folder = hand_in(tmp_path / "class", **texts)
    tool = kills()
    process = tool.start(course, folder, tmp_path / "out")
    assert process.stdout.readline().startswith(b'{"student"')
    process.send_signal(2)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert re.search(rb"\d+ of 60 learners are graded and kept", said)
    assert len(tool.content(tmp_path / "out")["learners"]) >= 1
