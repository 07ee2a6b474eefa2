"""`winnow doctor --draft` tells an author what is not written yet apart from what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from winnow.cli import main
from winnow.course import CourseError, load

from ..support.doctors_course import STUB, doctors_course
from ..support.small_course import CATALOGUE, FILES

SECOND = """
[[modules.exercises]]
id = "triple"
title = "TODO"
functions = ["triple"]
needs = ["numpy"]
points = 10
minutes = 5
level = 1
hints = []
"""
HIDDEN = "graders/m01/test_double.py"
FEWER = FILES[HIDDEN].partition("        def halves(rng)")[0]
ROUGH = {
    "exercises/course.toml": CATALOGUE.replace('"two", "three"', '"TODO: a second"') + SECOND,
    "exercises/m01/double.py": STUB.replace(">>> double(2)\n        4", ""),
    HIDDEN: FEWER,
}


def doctor(root: Path, monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setenv("WINNOW_COURSE", str(root))
    return main(["doctor", "--draft", "--seeds=1", "--jobs=1", "--sandbox=off", *words])


def rough(root: Path, changes: dict[str, str] | None = None) -> Path:
    """A course with one exercise half written and one of which there is the entry only."""
    made = doctors_course(root, {**ROUGH, **(changes or {})}, right=2, draft=True)
    (root / "graders" / "m01" / "double_misconceptions.py").unlink()
    return made.root


def test_what_is_not_written_is_said_and_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = rough(tmp_path)
    assert doctor(root, monkeypatch) == 0
    said = capsys.readouterr().out
    for sentence in (
        "double: to write: graders/m01/double_misconceptions.py is not there",
        "double: to write: exercises/course.toml: hint 2 still says TODO",
        "double: to write: the statement has no example",
        "double: to write: there are 2 hints in exercises/course.toml; 3 are needed",
        "double: to write: there are 2 right answers",
        "double: to write: the checks add up to 8 points; exercises/course.toml says 10",
        "double: to write: 0 points are on edge checks",
        "double: to write: 9 mutants survive",
        "triple: to write: exercises/m01/triple.py is not there",
        "triple: to write: solutions/m01/triple.py is not there",
    ):
        assert sentence in said
    with pytest.raises(CourseError, match=r"double_misconceptions.py is missing"):
        load(root)


def test_what_is_there_and_wrong_is_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = {"graders/m01/alternatives/double/style_0.py": "def double(x):\n    return 3 * x\n"}
    assert doctor(rough(tmp_path, wrong), monkeypatch, "double", "--no-mutants") == 1
    assert "double: alternative style_0, which is right, has failed test_examples" in capsys.readouterr().out


def test_a_misconception_is_caught_once_all_checks_are_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = 'class quarters:\n    """Half is not a quarter."""\n    half = staticmethod(lambda x: x / 4)\n'
    course = doctors_course(tmp_path, {HIDDEN: FEWER, "graders/m01/double_misconceptions.py": text}, draft=True)
    assert doctor(course.root, monkeypatch, "--no-mutants") == 0
    assert "double: to write: misconception quarters is not caught" in capsys.readouterr().out
    whole = FEWER.replace("points(5)", "points(7)")
    (course.root / HIDDEN).write_text(whole.replace("\n        ", "\n").lstrip(), encoding="utf-8")
    assert doctor(course.root, monkeypatch, "--no-mutants") == 1
    assert "double: misconception quarters is not caught" in capsys.readouterr().out
