"""What near misses are told: no relation, misconception or example that is not so."""

from __future__ import annotations

import pytest

from winnow.cli import main
from winnow.course import Course
from winnow.record import CheckResult
from winnow.record_file import load

NETWORK = """
import torch

def mlp_forward(x, weights, biases, activation=torch.relu):
    if not weights or len(weights) != len(biases):
        raise ValueError("layer 0: each layer needs weights and an entry in biases")
    for index, (weight, bias) in enumerate(zip(weights, biases)):
        if weight.shape[1] != x.shape[-1]:
            raise ValueError({message})
        x = x @ {weight}
        if {present}:
            x = x + bias
        if index < len(weights) - 1:
            x = activation(x)
    return x
"""
LAYER = {"message": 'f"layer {index}"', "weight": "weight.T", "present": "bias is not None"}
MEAN = """
import numpy as np

def mae(y_true, y_pred):
    if np.iscomplexobj(y_true) or np.iscomplexobj(y_pred):
        raise TypeError("real numbers only")
    a, b = np.asarray(y_true, float), np.asarray(y_pred, float)
    if a.shape != b.shape:
        raise ValueError({message})
    if a.size == 0:
        raise ValueError("empty")
    return {result}
"""
PAIR = {"message": 'f"{a.shape} and {b.shape}"', "result": "float(np.abs(a - b).mean())"}
GROUPS = """
def groupby_na(df, key, value, keep_na=False):
    {before}
    table = df.groupby(key, dropna={dropna}, observed=True)[value].agg(["size", "count", "sum", "mean"])
    return {result}
"""
TABLE = {"before": "pass", "dropna": "not keep_na", "result": "table"}
DROPS = "keep_na or df.dropna(subset=key if isinstance(key, list) else [key], inplace=True)"
ANSWERS = {
    "untransposed": ("mlp_forward", NETWORK.format(**LAYER | {"weight": "weight"})),
    "truth": ("mlp_forward", NETWORK.format(**LAYER | {"present": "bias"})),
    "cut": ("mlp_forward", NETWORK.format(**LAYER | {"weight": "weight.data.T"})),
    "unnamed": ("mlp_forward", NETWORK.format(**LAYER | {"message": '"it does not fit"'})),
    "rounded": ("mae", MEAN.format(**PAIR | {"result": "round(float(np.abs(a - b).mean()), 6)"})),
    "shapeless": ("mae", MEAN.format(**PAIR | {"message": '"the shapes differ"'})),
    "rounded table": ("groupby_na", GROUPS.format(**TABLE | {"result": "table.round(6)"})),
    "in place": ("groupby_na", GROUPS.format(**TABLE | {"before": DROPS, "dropna": "False"})),
    "order": ("groupby_na", GROUPS.format(**TABLE | {"result": 'table[["count", "size", "sum", "mean"]]'})),
    "right": ("mae", MEAN.format(**PAIR)),
}


@pytest.fixture(scope="module")
def failed(course_of_four: Course, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[CheckResult]]:
    """The failed checks of each answer."""
    folder, out = tmp_path_factory.mktemp("class"), tmp_path_factory.mktemp("results")
    for student, (exercise, text) in ANSWERS.items():
        (folder / student).mkdir()
        (folder / student / f"{exercise}.py").write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WINNOW_COURSE", str(course_of_four.root))
        assert main(["grade", str(folder), "--out", str(out)]) == 0
    return {
        one.student: [check for result in one.exercises for check in result.checks if check.outcome == "failed"]
        for one in load(out / "results.json").submissions
    }


def names(checks: list[CheckResult]) -> set[str]:
    return {name for check in checks for name in check.misconceptions}


def test_the_answers_are_right_but_for_what_was_changed(failed: dict[str, list[CheckResult]]) -> None:
    assert not failed.pop("right")
    assert all(failed.values())


@pytest.mark.parametrize(("student", "name"), [("untransposed", "untransposed"), ("truth", "bias_truth")])
def test_an_exception_of_the_same_type_is_not_the_same(
    failed: dict[str, list[CheckResult]], student: str, name: str
) -> None:
    assert failed[student][0].misconceptions == (name,)
    assert "bias_axis" not in names(failed[student])


@pytest.mark.parametrize(
    ("student", "why"),
    [
        ("cut", "No gradient reaches one of the arguments."),
        ("in place", "The call changed df."),
        ("order", "The columns are wrong."),
    ],
)
def test_where_the_numbers_are_right_something_else_is_told(
    failed: dict[str, list[CheckResult]], student: str, why: str
) -> None:
    assert why in [check.why for check in failed[student]]
    for check in failed[student]:
        assert "nearly right" not in check.why
        assert "absolute" not in check.why
        assert "reverse" not in check.why


def test_nearly_right_numbers_are_no_offset_and_no_two_mistakes(failed: dict[str, list[CheckResult]]) -> None:
    for check in failed["rounded"] + failed["rounded table"]:
        assert not check.misconceptions
        assert not any(word in check.why for word in ("Two things", "too small", "too large", "absolute"))


@pytest.mark.parametrize(("student", "named"), [("unnamed", "layer 0"), ("shapeless", "both shapes")])
def test_a_public_check_shows_the_call_at_which_it_failed(
    failed: dict[str, list[CheckResult]], student: str, named: str
) -> None:
    public = failed[student][0]
    assert public.visibility == "public"
    assert public.why == "The exception is right, and its message is not."
    assert public.counterexample is not None
    assert public.counterexample.returned.startswith("ValueError: ")
    assert public.counterexample.expected == f"ValueError with a message that names {named}"


def test_what_was_returned_and_what_was_expected_can_be_told_apart(failed: dict[str, list[CheckResult]]) -> None:
    for checks in failed.values():
        for shown in (check.counterexample for check in checks):
            assert shown is None or shown.returned != shown.expected


def test_the_words_of_the_reference_are_not_what_is_expected(failed: dict[str, list[CheckResult]]) -> None:
    (hidden,) = (check for check in failed["shapeless"] if check.visibility == "hidden")
    assert hidden.counterexample is not None
    assert hidden.counterexample.expected == "ValueError"
