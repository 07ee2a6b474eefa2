"""`winnow init` and `winnow new` write what works at once, and say what is left to write."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from winnow.cli import main
from winnow.course import load
from winnow.quiz import bank, honesty
from winnow.record_file import load as load_record
from winnow.scaffold import with_entry
from winnow.scaffold.own import start

from ..support.learners_copy import run

CATALOGUE = """\
title = "A course"

[[modules]]
id = "m02_b"
title = "B"

[[modules.exercises]]
id = "b"

[[modules]]
id = "m04_d"
title = "D"
"""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "own"
    assert main(["init", str(folder), "--title", 'A "quoted" title']) == 0
    monkeypatch.setenv("WINNOW_COURSE", str(folder))
    return folder


def doctor(*words: str) -> int:
    return main(["doctor", "--seeds=2", "--jobs=1", "--sandbox=off", *words])


def test_a_course_of_ones_own_works_at_once(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert load(own).title == 'A "quoted" title'
    assert doctor() == 0, capsys.readouterr().out
    assert honesty.examine(load(own), "m01_first_steps") == []
    assert len(bank.quiz(load(own), "m01_first_steps").questions) == 1
    done = run(own, "pytest", "-q")
    assert (done.returncode, "2 skipped" in done.stdout, "not started" in done.stdout) == (1, True, True)
    out = own / "results"
    assert main(["grade", str(own / "submissions"), "--out", str(out), "--jobs=1", "--sandbox=off", "--json"]) == 0
    (learner,) = load_record(out / "results.json").submissions
    result = next(one for one in learner.exercises if one.exercise == "value_range")
    assert result.misconceptions[0] == "last_minus_first"
    assert result.score < result.points


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    assert main(["init", str(tmp_path)]) == 2
    assert "is there, and not empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_new_exercise_is_a_draft_in_order(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "m01_first_steps/total"]) == 0
    assert main(["new", "m00_before/count"]) == 0
    course = load(own)
    assert [module.id for module in course.modules] == ["m00_before", "m01_first_steps"]
    assert [exercise.id for exercise in course.exercises] == ["count", "value_range", "total"]
    capsys.readouterr()
    assert doctor("--draft", "total", "count") == 0
    said = capsys.readouterr().out
    assert "total: to write: exercises/course.toml: hint 1 still says TODO" in said
    assert "count: to write: there are 2 right answers" in said
    assert doctor("--no-mutants", "total") == 1
    assert "TODO" in (own / "exercises" / "m00_before" / "README.md").read_text(encoding="utf-8")
    # A picture that cannot be drawn with the solution is no example.
    drawn = subprocess.run([sys.executable, "-c", PICTURE], cwd=own, capture_output=True, text=True)
    assert drawn.returncode == 0, drawn.stderr


PICTURE = """
import sys
sys.path[:0] = ["exercises/m01_first_steps", "solutions/m01_first_steps"]
from matplotlib.figure import Figure
import total_picture
sys.path.pop(0)
del sys.modules["total_picture"]
from total import total
sys.path.insert(0, "exercises/m01_first_steps")
import total_picture
total_picture.draw(Figure(), total)
"""


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("m01_first_steps/value_range", "names are unique in a course"),
        ("m01_first_steps/Total", "cannot name an exercise"),
        ("total", "say in which module"),
    ],
)
def test_what_cannot_be_new_is_wrong_usage(own: Path, capsys: pytest.CaptureFixture[str], name: str, said: str) -> None:
    before = sorted(own.rglob("*"))
    assert main(["new", name]) == 2
    assert said in capsys.readouterr().err
    assert sorted(own.rglob("*")) == before


@pytest.mark.parametrize(
    ("module", "order"),
    [
        ("m01_a", ["m01_a", "m02_b", "m04_d"]),
        ("m03_c", ["m02_b", "m03_c", "m04_d"]),
        ("m10_z", ["m02_b", "m04_d", "m10_z"]),
    ],
)
def test_a_new_module_has_its_place_in_the_lecture(module: str, order: list[str]) -> None:
    text = with_entry(CATALOGUE, module, '\n[[modules.exercises]]\nid = "x"\n')
    assert [line.split('"')[1] for line in text.splitlines() if line.startswith('id = "m')] == order
    assert text.count("\n\n\n") == 0
    known = with_entry(CATALOGUE, "m02_b", '\n[[modules.exercises]]\nid = "x"\n')
    assert known.index('"b"') < known.index('"x"') < known.index("m04_d")


def test_the_files_of_a_course_of_ones_own_are_few(tmp_path: Path) -> None:
    assert len(start(tmp_path / "own", "A course")) < 15


def test_the_quiz_in_the_documentation_is_one(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "docs" / "own-course.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```toml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    start(tmp_path / "own", "A course")
    questions = next(block for block in blocks if "[[questions]]" in block)
    key = next(block for block in blocks if block.startswith("[what_the_range_tells]"))
    for tree, content in (("exercises", questions), ("solutions", key)):
        (tmp_path / "own" / tree / "m01_first_steps" / "quiz.toml").write_text(content, encoding="utf-8")
    assert honesty.examine(load(tmp_path / "own"), "m01_first_steps") == []
    catalogue = next(block for block in blocks if block.startswith("[[modules]]"))
    (tmp_path / "own" / "exercises" / "course.toml").write_text(catalogue, encoding="utf-8")
    assert load(tmp_path / "own").exercises[0].closed == ("statistics.pstdev",)
