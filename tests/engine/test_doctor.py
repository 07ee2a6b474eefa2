"""`winnow doctor` is silent about a course in order and says one clear line per flaw."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent))
from doctors_course import SOLUTION, doctors_course
from small_course import FILES

from winnow.cli import main
from winnow.doctor import mutants
from winnow.doctor.examination import Report, examine
from winnow.doctor.roster import Entry
from winnow.doctor.table import lines, table
from winnow.doctor.verdicts import Verdict, difference

SLOPPY_CHECKS = '''
    import pytest
    from winnow.checks import call

    def numbers(rng):
        yield call(float(rng.integers(3, 9)))

    @pytest.mark.points(5)
    def test_any_number(double, agree):
        """twice any number"""
        agree(double, on=numbers)

    @pytest.mark.points(2)
    @pytest.mark.edge
    def test_half(half):
        """half of something"""
        with pytest.raises(TypeError):
            half("text")
'''

MISCONCEPTIONS = '''
    INDISTINGUISHABLE = {("squares", "adds_two"): "they are not, but somebody thought so", ("squares", "gone"): "x"}

    def _text(x):
        return str(x)

    class squares:
        """Twice is not the square: add x to itself."""

        @staticmethod
        def double(x):
            return x * x

    class also_squares:
        """The second of two that no check tells apart."""

        @staticmethod
        def double(x):
            return x**2 if isinstance(x, float) else x * x

    class adds_two:
        """Twice is not two more: multiply."""

        @staticmethod
        def double(x):
            return x + 2

    class subtle:
        """Only at 1000 is it wrong."""

        @staticmethod
        def double(x):
            return 7 if x == 1000 else 2 * x
'''

FLAWS = {
    "graders/m01/test_double.py": SLOPPY_CHECKS,
    "graders/m01/double_misconceptions.py": MISCONCEPTIONS,
    "graders/m01/double_independent.py": "def double_by_guess(x):\n    return 3 * x\n",
    "graders/m01/alternatives/double/style_1.py": "def double(x):\n    return 3 * x\ndef half(x):\n    return x / 2\n",
    "solutions/m01/double.py": SOLUTION.replace('"""Twice and half."""', "def _text(x):\n        return x"),
    "graders/m01/double_equivalent_mutants.toml": """
        [[equivalent]]
        operator = "ReplaceBinaryOperator_Mul_Add"
        line = "return 2 * x"
        becomes = "return 2 + x"
        reason = "it is not"

        [[equivalent]]
        operator = "AddNot"
        line = "if no_such_line:"
        becomes = "if not no_such_line:"
        reason = "it was there once"
    """,
}


def examined(root: Path, changes: dict[str, str], right: int, seeds: int) -> Report:
    course = doctors_course(root, changes, right)
    return examine(course, course.exercises, seeds=seeds, with_mutants=True, layers=(), processes=1)


@pytest.fixture(scope="module")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return examined(tmp_path_factory.mktemp("healthy"), {}, 8, 2)


@pytest.fixture(scope="module")
def flawed(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return list(lines(examined(tmp_path_factory.mktemp("flawed"), FLAWS, 3, 1)))


def test_a_course_in_order_has_no_failures(healthy: Report) -> None:
    assert list(lines(healthy)) == []
    assert healthy.healthy


def test_the_figures_of_a_course_in_order(healthy: Report) -> None:
    figures = healthy.sheets[0].figures()
    assert figures["misconceptions"] == {"all": 2, "caught": 2, "named": 2}
    assert figures["alternatives"] == {"all": 8, "accepted": 8}
    assert figures["impostors"]["earning"] == 0
    assert figures["same_verdict_for_all_seeds"] is True
    assert all(figures["definitions"].values())
    assert figures["mutants"]["all"] == figures["mutants"]["killed"] > 20
    assert json.loads(json.dumps(figures)) == figures


def test_the_table_has_a_row_per_exercise(healthy: Report) -> None:
    assert table(healthy).row_count == 1


@pytest.mark.parametrize(
    "said",
    [
        "double: alternative style_1, which is right, has failed test_examples",
        "double: misconception subtle is not caught: no check fails",
        "double: misconception also_squares is named as squares by",
        "double: a function that raises TypeError passes test_half (2 points for nothing)",
        "double: graders/m01/alternatives/double holds 3 right answers; 8 are needed",
        "double: squares and adds_two are declared indistinguishable, and are told apart",
        "double: INDISTINGUISHABLE names gone, which is no misconception",
        "double: graders/m01/double_misconceptions.py and the solution both define _text, differently; rename one",
        "by double_by_guess (the value is wrong)",
        "double: half has no independent definition: write half_by_STYLE in double_right.py",
        "double: declared equivalent, but killed: ReplaceBinaryOperator_Mul_Add",
        "double: declared equivalent, but there is no such mutant: AddNot, `if no_such_line:`",
        "mutants survive",
        "survives: double.py:",
    ],
)
def test_each_flaw_is_said_in_one_line(flawed: list[str], said: str) -> None:
    assert [line for line in flawed if said in line], "\n".join(flawed)


def test_a_verdict_that_depends_on_the_seed_is_said() -> None:
    entry = Entry("double", "misconception", "squares", ())
    first = Verdict("graded", (("test_a", "failed"),), frozenset({"squares"}))
    assert difference(entry, first, first, 3) is None
    told = [
        difference(entry, first, replace(first, status="grader_error"), 3),
        difference(entry, first, replace(first, outcomes=(("test_a", "passed"),)), 3),
        difference(entry, first, replace(first, named=frozenset()), 3),
    ]
    assert told == [
        "misconception squares is graded with seed 0 and grader_error with seed 3",
        "misconception squares has failed test_a with seed 0 and passed with seed 3",
        "misconception squares is told squares with seed 0 and nothing with seed 3",
    ]


def test_the_command_prints_figures_and_exits_1_on_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    doctors_course(tmp_path, right=7)
    monkeypatch.setenv("WINNOW_COURSE", str(tmp_path))
    status = main(["doctor", "double", "--json", "--seeds=1", "--jobs=1", "--no-mutants", "--sandbox=off"])
    data = json.loads(capsys.readouterr().out)
    assert status == 1
    assert data["healthy"] is False
    assert data["exercises"][0]["failures"] == ["graders/m01/alternatives/double holds 7 right answers; 8 are needed"]
    assert "mutants" not in data["exercises"][0]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["triple"], "there is no exercise"),
        (["--seeds=0"], "must be at least 1"),
        ([], "pip install cosmic-ray"),
    ],
)
def test_what_cannot_be_examined_is_wrong_usage(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    said: str,
) -> None:
    doctors_course(tmp_path)
    monkeypatch.setenv("WINNOW_COURSE", str(tmp_path))
    monkeypatch.setattr(mutants, "have_operators", lambda: bool(arguments))
    assert main(["doctor", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_a_learners_copy_cannot_be_examined(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from small_course import make

    make(tmp_path, {name: text for name, text in FILES.items() if name.startswith("exercises/")})
    monkeypatch.setenv("WINNOW_COURSE", str(tmp_path))
    assert main(["doctor"]) == 2
    assert "a learner's copy" in capsys.readouterr().err
