"""What a learner reads of a call can be pasted into Python, and is the call."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
import torch

from winnow.checks import call, compare, named
from winnow.diagnosis import show, words

VALUES: list[Any] = [
    [1.0, float("nan"), float("inf"), -float("inf")],
    np.array([2048.0], dtype=np.float16),
    np.array([1, 2], dtype=np.uint8),
    np.array([np.nan, 1.0]),
    np.empty((0, 3), dtype=np.float32),
    np.array(["a", "b"]),
    torch.tensor([1.0, float("nan")]),
    torch.tensor([[1.5]], dtype=torch.float64),
    torch.empty(0, 2),
    torch.empty(0, 2, dtype=torch.int64),
    torch.empty(0, dtype=torch.bool),
    np.zeros((20, 1)),
    np.ones((2, 4), dtype=np.float32),
    np.zeros(7, dtype=np.int64),
    torch.zeros(4, 2),
    torch.ones(100, dtype=torch.int64),
    np.full((3, 3), -2, dtype=np.int32),
    torch.full((3, 3), 0.25, dtype=torch.float64),
    pd.DataFrame({"a": [1, 2], "b": ["x", None]}),
    pd.DataFrame({"n": [1.5, 2.5]}, index=pd.Index(["p", "q"], name="key")),
    pd.DataFrame({"n": [1, 2]}, index=pd.MultiIndex.from_tuples([("a", 1), ("b", 2)], names=["k", "m"])),
    pd.Series([1, 2], index=["u", "v"]),
    pd.Series(["u", "v"], dtype="category"),
    pd.Series(pd.Categorical(["low", None, "high"], ["low", "middle", "high"], ordered=True), index=[3, 1, 2]),
    pd.DataFrame({"c": pd.Categorical(["v", "u"], ["v", "u"]), "d": pd.Categorical([2, None])}),
    pd.DataFrame({"c": pd.Series([1, None], dtype="Int64")}),
    (pd.Timestamp("2024-01-02"), pd.NA, pd.NaT),
    {6.0, 0.0},
]


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_what_is_shown_can_be_pasted(value: Any) -> None:
    made = eval(show.value(value), {"np": np, "torch": torch, "pd": pd})
    assert compare.close(made, value) is None
    assert type(made) is type(value)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (np.zeros((20, 1)), "np.zeros((20, 1))"),
        (np.ones((2, 4), dtype=np.float32), "np.ones((2, 4), dtype=np.float32)"),
        (torch.zeros(4, 2), "torch.zeros((4, 2))"),
        (torch.ones(100, dtype=torch.int64), "torch.ones((100,), dtype=torch.int64)"),
        (np.zeros((1, 2)), "np.array([[0.0, 0.0]])"),
        # Not all of it is 0.0, whatever == says.
        (np.array([0.0] * 6 + [-0.0]), "np.array([0.0, 0.0, 0.0, 0.0, 0.0, 0.0, -0.0])"),
        (np.full(3000, -0.5), "np.full((3000,), -0.5)"),
        (np.full(7, np.nan), "np.full((7,), np.nan)"),
        ({0.0, 4.0}, "{0.0, 4.0}"),
    ],
    ids=repr,
)
def test_many_equal_numbers_are_shown_by_what_makes_them(value: Any, shown: str) -> None:
    assert show.value(value) == shown


@pytest.mark.parametrize("function", [np.sin, torch.tanh])
def test_a_function_that_is_shown_can_be_pasted(function: Any) -> None:
    by_path = named(f"{'numpy' if function is np.sin else 'torch'}.{function.__name__}")
    for one in (function, by_path):
        assert eval(show.value(one), {"np": np, "torch": torch}) is function


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("x cannot be written to", "x cannot be written to."),
        ("y_true is changed", "y_true is changed."),
        ("a value is missing", "A value is missing."),
        ("your code raised", "Your code raised."),
    ],
)
def test_a_sentence_that_begins_with_a_name_keeps_it(text: str, shown: str) -> None:
    assert words.sentence(text) == shown


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        ([np.array([50.0, 50 + 1e-9])], "f(np.array([50.0, 50.000000001]))"),
        ([[0.5 + 1e-9], 0.5], "f([0.500000001], 0.5)"),
        ([torch.tensor([1e6, 1e6 + 0.001], dtype=torch.float64)], "0, 1000000.001], dtype=torch.float64))"),
        ([pd.DataFrame({"k": ["a", "b"], "v": [2.0, 2 + 1e-9]})], "'v': [2.0, 2.000000001]}))"),
        # A number alone has seven digits, and so has each that looks like no other.
        ([[0.1 + 0.2, 0.4]], "f([0.3, 0.4])"),
    ],
    ids=repr,
)  # fmt: skip
def test_different_numbers_of_a_call_do_not_look_alike(arguments: list[Any], shown: str) -> None:
    assert show.call("f", call(*arguments)).endswith(shown)


@pytest.mark.parametrize(
    "argument",
    [
        np.asfortranarray([[1.0, 2.0], [3.0, 4.0]]),
        np.arange(3.0)[::-1],
        np.arange(6).reshape(2, 3)[:, ::-1],
        torch.arange(6.0).reshape(2, 3).T,
        torch.arange(24).reshape(2, 3, 4).permute(2, 1, 0),
        np.array([[1.0, 2.0]]),
    ],
    ids=repr,
)
def test_what_is_shown_of_an_argument_lies_in_memory_as_it_does(argument: Any) -> None:
    made = eval(show.call("f", call(argument)), {"f": lambda one: one, "np": np, "torch": torch})
    assert compare.close(made, argument) is None
    steps = [one.stride() if isinstance(one, torch.Tensor) else one.strides for one in (made, argument)]
    assert steps[0] == steps[1]


@pytest.mark.parametrize(
    "asks",
    [torch.ones(2), torch.arange(6.0).reshape(2, 3).T, torch.zeros(2, 3, dtype=torch.float64), torch.tensor(1.0)],
    ids=repr,
)
def test_what_is_shown_of_an_argument_asks_for_a_gradient_as_it_does(asks: torch.Tensor) -> None:
    given = asks.clone().requires_grad_(), [asks, asks.clone().requires_grad_()]
    made, (none, too) = eval(show.call("f", call(*given)), {"f": lambda *both: both, "torch": torch})
    assert [one.requires_grad for one in (made, none, too)] == [True, False, True]
    assert all(one.is_leaf and torch.equal(one, asks) for one in (made, too))
