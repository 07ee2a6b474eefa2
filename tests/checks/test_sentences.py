"""What is said of an answer that differs: the part, the digits, or the gradient alone."""

from __future__ import annotations

import numpy as np
import torch

from winnow.checks import same
from winnow.worker.observe import Observation


def test_of_named_parts_the_one_that_differs_is_named() -> None:
    want = Observation({"W1": np.ones(2), "b1": np.zeros(2)})
    assert same(Observation({"W1": np.ones(2), "b1": np.ones(2)}), want) == "the values are wrong, under 'b1'"
    nearly = str(same(Observation({"W1": np.ones(2) + 1e-6, "b1": np.zeros(2)}), want))
    assert nearly.startswith("the values are nearly right, under 'W1': is something rounded")


def test_digits_that_are_lost_are_told_as_that() -> None:
    want = Observation(np.array([0.1, 2.0]))
    in_float32 = Observation(np.array([0.1, 2.0], np.float32).astype(float))
    assert "nearly right" in str(same(in_float32, want, rtol=1e-9))
    assert same(Observation(np.array([0.1, 2.1])), want) == "the values are wrong"
    # A 0 has no first digits.
    assert same(Observation(np.array([0.1, 1e-4])), Observation(np.array([0.1, 0.0]))) == "the values are wrong"


def test_where_a_gradient_alone_is_wrong_the_result_is_called_right() -> None:
    value, right = torch.ones(()), [torch.ones(2)]
    want = Observation(value, gradients=right)
    detached = same(Observation(value, gradients=[torch.zeros(2)]), want)
    assert detached is not None
    assert "the result is right" in detached
    assert "detached" in detached
    assert "NaN" in str(same(Observation(value, gradients=[torch.full((2,), torch.nan)]), want))


def test_where_gradients_that_a_driver_returns_are_wrong_it_is_asked_what_is_detached() -> None:
    want = Observation({"y": torch.ones(2), "gradients": [torch.ones(2)]})
    detached = same(Observation({"y": torch.ones(2), "gradients": [torch.zeros(2)]}), want)
    asked = "the values are wrong, under 'gradients': is a part of what the result follows from detached?"
    assert detached == asked
    assert (
        same(Observation({"y": torch.zeros(2), "gradients": [torch.zeros(2)]}), want)
        == "the values are wrong, under 'y'"
    )
