"""What was set this week: a run and a bundle of some modules or exercises, in which nothing else counts."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from winnow.cli import main
from winnow.course import load
from winnow.record_file import load as load_results

from ..support.delivered import RIGHT
from ..support.quiz_course import TEXTS
from ..support.small_course import make

MORE = """
[[modules]]
id = "m03"
title = "Later"

# To be set in week three.
[[modules.exercises]]
id = "treble"
title = "Three times as much"
functions = ["treble"]
needs = ["numpy"]
points = 5
minutes = 5
level = 1
hints = []
"""

FILES = {
    **TEXTS,
    "exercises/course.toml": TEXTS["exercises/course.toml"] + MORE,
    "exercises/m03/treble.py": "def treble(x):\n    raise NotImplementedError('treble')\n",
    "exercises/m03/test_treble.py": (
        "import pytest\n\n@pytest.mark.points(5)\ndef test_it(treble):\n    'three times'\n    assert treble(2) == 6\n"
    ),
    "solutions/m03/treble.py": "def treble(x):\n    return 3 * x\n",
    "graders/m03/test_treble.py": "",
    "graders/m03/treble_misconceptions.py": "",
    # Not finished, and not set.
    "exercises/m03/quiz.toml": "title = [",
}


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make(tmp_path / "course", FILES).root
    monkeypatch.setenv("WINNOW_COURSE", str(root))
    return root


@pytest.fixture
def submissions(tmp_path: Path) -> Path:
    own = tmp_path / "class" / "kim"
    for place, text in {
        "double.py": RIGHT,
        "treble.py": "def treble(x):\n    return 3 * x\n",
        "m01/quiz_answers.toml": 'learner = "kim"\nwhat_doubles = "a"\n',
        "m02/quiz_answers.toml": 'learner = "kim"\nwhat_halves = "x / 2"\n',
    }.items():
        (own / place).parent.mkdir(parents=True, exist_ok=True)
        (own / place).write_text(text, encoding="utf-8")
    return tmp_path / "class"


def graded(submissions: Path, out: Path, *words: str) -> dict[str, float]:
    assert main(["grade", str(submissions), "--out", str(out), "--sandbox=off", "--jobs=1", *words]) == 0
    (kim,) = load_results(out / "results.json").submissions
    assert kim.points == sum(one.points for one in kim.exercises)
    return {one.exercise: one.points for one in kim.exercises}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["--modules", "m01"], {"double": 10, "m01_quiz": 6}),
        (["--modules", "m02"], {"m02_quiz": 1}),
        (["--modules", "m01,m02"], {"double": 10, "m01_quiz": 6, "m02_quiz": 1}),
        (["--exercises", "double"], {"double": 10}),
        (["--exercises", "double", "m02_quiz"], {"double": 10, "m02_quiz": 1}),
        (["--exercises", "treble", "--modules", "m02"], {"treble": 5, "m02_quiz": 1}),
    ],
)
def test_only_what_was_set_counts_anywhere(
    course: Path, submissions: Path, tmp_path: Path, words: list[str], found: dict[str, float]
) -> None:
    out = tmp_path / "out"
    assert graded(submissions, out, *words) == found
    header = (out / "grades.csv").read_text(encoding="utf-8-sig").splitlines()[0].split(",")
    assert header == ["student", "score", "points", *found, "status", *(f"{name} status" for name in found)]
    (kim,) = load_results(out / "results.json").submissions
    # A file for what was not set is nobody's misspelling, and no riddle.
    assert kim.notes == ()
    assert all(one.notes == () for one in kim.exercises)
    for page in (out / "report.html", out / "feedback" / "kim.html"):
        text = page.read_text(encoding="utf-8")
        for name in {"double", "treble", "m01_quiz", "m02_quiz"} - found.keys():
            assert f">{name}<" not in text, (page, name)


def test_a_list_of_modules_may_stand_before_the_folder(course: Path, submissions: Path, tmp_path: Path) -> None:
    words = ["--out", str(tmp_path / "out"), "--sandbox=off", "--jobs=1"]
    assert main(["grade", "--modules", "m01", str(submissions), *words]) == 0
    assert main(["regrade", "--modules", "m01", str(submissions), *words]) == 0
    assert main(["release", "--modules", "m01", str(tmp_path / "copy")]) == 0
    assert load(tmp_path / "copy").modules[0].id == "m01"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--modules", "m09"], "there is no module m09; there are m01, m02, m03"),
        (["--exercises", "triple"], "there is no exercise triple; there are double, treble, m01_quiz"),
        (["--exercises", "m03_quiz"], ""),
    ],
)
def test_what_the_course_does_not_have_is_told(
    course: Path, submissions: Path, tmp_path: Path, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["grade", str(submissions), "--out", str(tmp_path / "out"), *words]) == 2
    assert said in capsys.readouterr().err


def test_nothing_is_graded_anew_where_more_is_set_later(course: Path, submissions: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    graded(submissions, out, "--exercises", "double")
    checks = course / "solutions" / "m03" / "treble.py"
    checks.write_text("def treble(x):\n    return x * 3\n", encoding="utf-8")
    words = ["grade", str(submissions), "--out", str(out), "--sandbox=off", "--jobs=1", "--json"]
    assert main([*words, "--exercises", "double"]) == 0
    assert graded(submissions, out, "--exercises", "double", "treble") == {"double": 10, "treble": 5}


def test_a_bundle_has_what_was_set_and_nothing_else(
    course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "copy"
    assert main(["release", str(copy), "--modules", "m01"]) == 0
    assert "left out" not in capsys.readouterr().err
    names = {path.relative_to(copy).as_posix() for path in copy.rglob("*") if path.is_file()}
    assert not any("m02" in name or "m03" in name or "treble" in name for name in names)
    released = load(copy)
    assert [module.id for module in released.modules] == ["m01"]
    text = (copy / "exercises" / "course.toml").read_text(encoding="utf-8")
    assert "week three" not in text
    whole = tomllib.loads((course / "exercises" / "course.toml").read_text(encoding="utf-8"))
    assert tomllib.loads(text) == {**whole, "modules": whole["modules"][:1]}


def test_a_bundle_of_an_exercise_asks_no_quiz(course: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    assert main(["release", str(copy), "--exercises", "double"]) == 0
    assert not load(copy).modules[0].quiz
    assert not (copy / "exercises" / "m01" / "quiz.toml").exists()


def test_a_bundle_of_all_has_the_catalogue_to_the_byte(course: Path, tmp_path: Path) -> None:
    (course / "exercises" / "m03" / "quiz.toml").unlink()
    assert main(["release", str(tmp_path / "copy")]) == 0
    copied = (tmp_path / "copy" / "exercises" / "course.toml").read_bytes()
    assert copied == (course / "exercises" / "course.toml").read_bytes()


def test_a_bundle_of_quizzes_alone_is_told(course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["release", str(tmp_path / "copy"), "--modules", "m02"]) == 2
    assert "needs an exercise to begin with" in capsys.readouterr().err


def test_a_quiz_that_is_not_finished_keeps_nothing_else_back(course: Path, submissions: Path, tmp_path: Path) -> None:
    told = json.dumps(graded(submissions, tmp_path / "out", "--modules", "m01"))
    assert "m03" not in told
