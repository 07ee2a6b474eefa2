"""`WINNOW_LOG=debug` tells of all five kinds of processes, and gives nothing of a check away."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from .support.small_course import RIGHT, make

WRONG = "def double(x):\n    print('what the learner printed')\n    return x * x\ndef half(x):\n    return x / 2\n"


def grade(folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    course, handed_in = make(folder / "course"), folder / "class"
    for student, text in ("ada", RIGHT), ("bob", WRONG):
        (handed_in / student).mkdir(parents=True)
        (handed_in / student / "double.py").write_text(text, encoding="utf-8")
    words = ["grade", str(handed_in), "--out", str(folder / "out"), "--sandbox=off", "--jobs=1"]
    about = {name: value for name, value in os.environ.items() if not name.startswith("WINNOW_LOG")}
    return subprocess.run(
        [sys.executable, "-m", "winnow", *words],
        cwd=course.root,
        env=about | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_kind_of_process_is_told_of_and_nothing_is_given_away(tmp_path: Path) -> None:
    file = tmp_path / "log.txt"
    done = grade(tmp_path, WINNOW_LOG="debug", WINNOW_LOG_FILE=str(file), WINNOW_SECRET="a secret of the course")
    assert done.returncode == 0, done.stderr
    told = file.read_text(encoding="utf-8")
    for line in (" winnow[", " grader[", ": stem ", ": nursery ", ": worker ", ": bob, double: graded, "):
        assert line in told
    for hidden in ("a secret of the course", "what the learner printed", "return", "assert", "test_"):
        assert hidden not in told
    assert "worker" not in done.stderr
    pages = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "out" / "feedback").iterdir())
    assert "nursery" not in pages


def test_without_it_nothing_is_told(tmp_path: Path) -> None:
    done = grade(tmp_path)
    assert done.returncode == 0
    assert "nursery" not in done.stderr


def test_a_level_that_there_is_not_is_named(tmp_path: Path) -> None:
    done = grade(tmp_path, WINNOW_LOG="loud")
    assert done.returncode == 2
    assert done.stderr == "winnow: WINNOW_LOG=loud is no level; there are debug, info, warning, error\n"
