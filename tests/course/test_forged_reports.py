"""What a worker says of itself is written beside the learner's code, which may forge it: the values give it away."""

from __future__ import annotations

import pytest

from winnow.cli import main
from winnow.course import Course
from winnow.record import ExerciseResult
from winnow.record_file import load

TRIMMED = """
import torch

def mlp_forward(x, weights, biases, activation=torch.relu):
    if len(weights) != len(biases) or not weights:
        raise ValueError("no")
    h = x
    for i, (w, b) in enumerate(zip(list(weights), list(biases))):
        if w.shape[1] != h.shape[-1]:
            raise ValueError(f"layer {i}")
        h = h @ w.T
        if b is not None:
            h = h + b
        if i < len(weights) - 1:
            cells = getattr(activation, "__closure__", None) or ()
            lists = [cell.cell_contents for cell in cells if isinstance(cell.cell_contents, list)]
            before = [len(one) for one in lists]
            rows = [activation(row) for row in h.reshape(-1, h.shape[-1])]
            for one, length in zip(lists, before):
                del one[length + 1:]
            h = torch.stack(rows).reshape(h.shape) if rows else h * 0
    return h
"""
BOTH = """
import numpy as np

class Both(ValueError, TypeError):
    pass

def mae(y_true, y_pred):
    t, p = np.asarray(y_true), np.asarray(y_pred)
    if t.shape != p.shape or t.size == 0 or "c" in (t.dtype.kind, p.dtype.kind):
        raise Both(f"{t.shape} {p.shape}")
    return float(np.abs(t.astype(float) - p.astype(float)).mean())
"""


@pytest.fixture(scope="module")
def results(course_of_four: Course, tmp_path_factory: pytest.TempPathFactory) -> dict[str, ExerciseResult]:
    folder, out = tmp_path_factory.mktemp("class"), tmp_path_factory.mktemp("results")
    for exercise, text in {"mlp_forward": TRIMMED, "mae": BOTH}.items():
        (folder / f"of {exercise}").mkdir()
        (folder / f"of {exercise}" / f"{exercise}.py").write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WINNOW_COURSE", str(course_of_four.root))
        assert main(["grade", str(folder), "--out", str(out), "--json"]) == 0
    found = {one.exercise: one for each in load(out / "results.json").submissions for one in each.exercises
             if each.student == f"of {one.exercise}"}  # fmt: skip
    assert set(found) == {"mlp_forward", "mae"}
    return found


def failed(result: ExerciseResult) -> list[str]:
    return [check.name for check in result.checks if check.outcome == "failed"]


def test_an_activation_called_piece_by_piece_is_seen_without_a_record(results: dict[str, ExerciseResult]) -> None:
    assert failed(results["mlp_forward"]) == ["test_calls_of_the_activation"]


def test_an_exception_of_two_kinds_is_the_first_of_them(results: dict[str, ExerciseResult]) -> None:
    assert failed(results["mae"]) == ["test_refuses_complex_input"]
