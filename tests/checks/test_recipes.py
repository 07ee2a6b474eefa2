"""Recipes ask what they say, the same for every learner of a secret, and their small calls are ones to read."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import torch

from winnow.checks import call
from winnow.checks.agree import Questions
from winnow.checks.calls import Batch, Call
from winnow.checks.recipes import SameShape, asked
from winnow.checks.subjects import Trusted
from winnow.checks.tensors import Tensors
from winnow.diagnosis import show
from winnow.doctor.independent import small_calls
from winnow.worker.observe import Observation, Request


def drawn(rng: Any, shape: Any) -> Any:
    return rng.normal(size=shape), {"w": [rng.normal(size=(2, *shape))]}, rng.integers(0, 3, size=shape), 5


TENSORS = Tensors(drawn, shapes=[(3, 4), (2, 1)], small=[(1, 2)])
PAIRS = SameShape(lambda rng, shape: [np.array(rng.normal(size=shape)) for _ in range(2)])
NAMES = ("array_likes", "layouts", "any_dtype", "unequal_shapes", "named_shapes", "not_finite", "empty", "owned")
TENSOR_NAMES = ("values", "gradients", "dtypes", "layouts", "owned")
ALL = [PAIRS.plain((), (2, 3)), PAIRS.complex_numbers(), *(getattr(PAIRS, name)() for name in NAMES)]
ALL += [getattr(TENSORS, name)() for name in TENSOR_NAMES]
IDS = ["plain", "complex_numbers", *NAMES, *TENSOR_NAMES]


@pytest.mark.parametrize("recipe", ALL, ids=IDS)
def test_a_recipe_draws_the_same_calls_from_equal_generators(recipe: dict[str, Any]) -> None:
    first, second = (Batch(Request("f"), list(recipe["on"](np.random.default_rng(4)))).body for _ in range(2))
    assert first == second
    other = Batch(Request("f"), list(recipe["on"](np.random.default_rng(5))))
    assert len(other.calls) == len(list(recipe["on"](np.random.default_rng(4)))) > 0


@pytest.mark.parametrize("recipe", ALL, ids=IDS)
def test_small_calls_are_short_to_read_and_travel(recipe: dict[str, Any]) -> None:
    calls = small_calls(recipe["small"]())
    assert calls
    assert Batch(Request("f"), calls).body
    assert all(len(show.call("f", one)) < 400 for one in calls)


def tensors(value: Any) -> list[Any]:
    if isinstance(value, torch.Tensor):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return [tensor for part in parts for tensor in tensors(part)]


def asked_of(recipe: dict[str, Any]) -> list[list[Any]]:
    return [tensors([*one.args]) for one in recipe["on"](np.random.default_rng(4))]


def test_arrays_become_tensors_wherever_they_are() -> None:
    for x, w, labels in asked_of(TENSORS.values()):
        assert x.dtype == w.dtype
        assert w.shape == (2, *x.shape)
        assert labels.dtype == torch.int64
    assert {x.dtype for x, _, _ in asked_of(TENSORS.values())} == {torch.float32, torch.float64}


def test_tensors_of_floats_ask_for_gradients() -> None:
    for x, w, labels in asked_of(TENSORS.gradients()):
        assert (x.requires_grad, w.requires_grad, labels.requires_grad) == (True, True, False)
    for x, w, _ in asked_of(TENSORS.gradients(0)):
        assert (x.requires_grad, w.requires_grad) == (False, True)


def test_layouts_are_no_contiguous_ones_and_hold_the_same_numbers() -> None:
    plain = asked_of(TENSORS.at((3, 4), (3, 4)).values())[:2]
    for (x, w, _), (same, _, _) in zip(asked_of(TENSORS.at((3, 4)).layouts()), plain, strict=True):
        assert not x.is_contiguous()
        assert not w.is_contiguous()
        assert torch.equal(x, same)


def test_the_device_without_numbers_is_asked_where_it_is_wanted() -> None:
    devices = [x.device.type for x, _, _ in asked_of(TENSORS.dtypes(meta=True))]
    assert devices == ["cpu", "cpu", "meta", "meta"] * 2
    assert TENSORS.owned()["unchanged"]
    assert TENSORS.owned()["new"]


def test_what_is_asked_may_be_a_list() -> None:
    recipe = asked(lambda rng: [call(1)], [call(2)])
    assert [one.args for one in recipe["on"](None)] == [(1,)]
    assert small_calls(recipe["small"]())[0].args == (2,)


def test_refused_calls_are_not_known_by_their_places() -> None:
    def root(x: float) -> float:
        return math.sqrt(x)

    def orders(on: Any) -> list[list[float]]:
        found = []
        for secret in (b"one", b"two"):
            questions = Questions(secret, Trusted({"root": root}))
            question = questions.question("place", "name", on, same_kind, None, Request("root"))
            for one, right in zip(question.batch.calls, question.right, strict=True):
                assert (right.raised is not None) == (one.args[0] < 0)
            found.append([one.args[0] for one in question.batch.calls])
        return found

    drawn = [float(x) for x in range(-10, 10)]
    first, second = orders(lambda rng: [Call((x,)) for x in drawn])
    assert first != second
    assert sorted(first) == sorted(second) == drawn
    right = [float(x) for x in range(20)]
    assert orders(lambda rng: [Call((x,)) for x in right]) == [right, right]


def same_kind(call: Call, got: Observation, want: Observation) -> str | None:
    return None
