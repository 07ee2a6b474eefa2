"""The example class is graded as a fair grader would: every line of its truth.toml is met."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from winnow.cli import main
from winnow.record import ExerciseResult, RunResult
from winnow.record_file import load

ROOT = Path(__file__).parents[2]
CLASS = ROOT / "examples" / "class"
TRUTH = tomllib.loads((CLASS / "truth.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> RunResult:
    out = tmp_path_factory.mktemp("results")
    assert main(["grade", str(CLASS), "--out", str(out)]) == 0
    return load(out / "results.json")


def result(run: RunResult, student: str, exercise: str) -> ExerciseResult:
    submission = next(one for one in run.submissions if one.student == student)
    return next(one for one in submission.exercises if one.exercise == exercise)


def verdict(one: ExerciseResult) -> str:
    if one.status in ("missing", "not_started"):
        return one.status
    return "full" if one.score == one.points else "zero" if one.score == 0 else "partial"


CASES = [(student, exercise) for student in sorted(TRUTH) for exercise in sorted(TRUTH[student])]


@pytest.mark.parametrize(("student", "exercise"), CASES, ids=[".".join(case) for case in CASES])
def test_the_verdict_is_fair(graded: RunResult, student: str, exercise: str) -> None:
    label = TRUTH[student][exercise]
    one = result(graded, student, exercise)
    assert verdict(one) in (label["verdict"], *label.get("also_fair", ()))
    if "misconception" in label:
        assert label["misconception"] in one.misconceptions


def test_nothing_is_the_graders_fault(graded: RunResult) -> None:
    notes = [note for s in graded.submissions for one in s.exercises for note in one.notes]
    assert not [note for note in notes if "could not be explained" in note]
    assert not [s.student for s in graded.submissions if any(one.status == "grader_error" for one in s.exercises)]


def test_everyone_is_in_the_results_once(graded: RunResult) -> None:
    assert [one.student for one in graded.submissions] == sorted(TRUTH)


def test_feedback_for_unreadable_files_names_the_line(graded: RunResult) -> None:
    assert result(graded, "s30", "mae").message.startswith("mae.py, line 9: TabError")
    assert result(graded, "s33", "robust_losses").message.startswith("robust_losses.py, line 22: SyntaxError")
