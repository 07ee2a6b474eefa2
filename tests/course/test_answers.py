"""Answers that people wrote knowing only the statements: the right ones have all points, the wrong ones lose some."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest

from winnow.cli import main
from winnow.record import ExerciseResult
from winnow.record_file import load

ANSWERS = Path(__file__).parents[1] / "answers"
LABELS = tomllib.loads((ANSWERS / "labels.toml").read_text(encoding="utf-8"))
CASES = [
    (kind, exercise, name)
    for kind in ("right", "wrong")
    for exercise in LABELS[kind]
    for name in LABELS[kind][exercise]
]


@pytest.fixture(scope="module")
def graded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, ExerciseResult]:
    """What each answer that was asked for got, by its kind, exercise and name: each has a learner of its own."""
    folder, out = tmp_path_factory.mktemp("answers"), tmp_path_factory.mktemp("results")
    asked = {item.name for item in request.session.items}
    for kind, exercise, name in CASES:
        if f"test_an_answer_has_what_it_deserves[{kind}.{exercise}.{name}]" not in asked:
            continue
        learner = folder / f"{kind}.{exercise}.{name}"
        learner.mkdir()
        shutil.copy(ANSWERS / kind / exercise / f"{name}.py", learner / f"{exercise}.py")
    exercises = sorted({learner.name.split(".")[1] for learner in folder.iterdir()})
    assert main(["grade", str(folder), "--exercises", *exercises, "--out", str(out)]) == 0
    return {
        submission.student: next(
            one for one in submission.exercises if one.exercise == submission.student.split(".")[1]
        )
        for submission in load(out / "results.json").submissions
    }


@pytest.mark.parametrize(("kind", "exercise", "name"), CASES, ids=[".".join(case) for case in CASES])
def test_an_answer_has_what_it_deserves(graded: dict[str, ExerciseResult], kind: str, exercise: str, name: str) -> None:
    result = graded[f"{kind}.{exercise}.{name}"]
    assert result.status == "graded"
    # A label that the statement contradicts: the statement decides.
    right = kind == "right" and "disputed" not in LABELS[kind][exercise][name]
    whys = {one.name: one.why for one in result.checks if one.why}
    assert (result.score == result.points) == right, whys
    # A small call shows each mistake, unless no small call has it.
    assert right or LABELS[kind][exercise][name].get("unshown") or any(one.counterexample for one in result.checks)
    # What one of the checks must say, in these words.
    assert LABELS[kind][exercise][name].get("said") in {None, *whys.values()}, whys
    # What must be told of a mistake, and nothing else: "" is a mistake that has no name.
    if (told := LABELS[kind][exercise][name].get("told")) is not None:
        assert result.misconceptions == ((told,) if told else ())
