"""How wrong answers relate to right ones: what is said of them must be so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pytest
import torch

from winnow.diagnosis.relations import UNWRITTEN, describe, differ
from winnow.worker.observe import Observation

NEARLY = (
    "Your answers are nearly right: is something rounded, approximated, computed with too few digits, or a "
    "small term added?"
)


def told(got: Sequence[float], want: Sequence[float]) -> str | None:
    return describe([(Observation(np.array(got)), Observation(np.array(want)))])


@pytest.mark.parametrize(
    ("got", "want", "relation"),
    [
        ([3, 2, 1], [1, 2, 3], "Your result is in reverse order."),
        ([2, 4, 6], [1, 2, 3], "Your answers are 2 times what they should be."),
        ([-1, -2, -3], [1, 2, 3], "Your answers have the opposite sign."),
        ([2, 3, 4], [1, 2, 3], "Your answers are 1 too large, everywhere."),
        ([4, 9, 16], [2, 3, 4], "Your answers are the squares of what they should be."),
        ([2, 3, 4], [4, 9, 16], "Your answers are the square roots of what they should be."),
        ([2, 3, 4, 5], [-2, -3, -4, 5], "Your answers are the absolute values of what they should be."),
        ([1 / 2, 1 / 3, 1 / 4], [2, 3, 4], "Your answers are one divided by what they should be."),
    ],
)
def test_a_relation_is_told_of_three_numbers_and_not_of_two(got: list[float], want: list[float], relation: str) -> None:
    assert told(got, want) == relation
    assert told(got[::2][:2], want[::2][:2]) is None


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_numbers_that_nobody_wrote_are_told_also_where_little_was_added(dtype: str) -> None:
    got, want = np.zeros(3, dtype), np.arange(3, dtype=dtype)
    got[1] = np.frombuffer(b"\xfe" * got.itemsize, dtype)[0] + 1
    for values in ((got, want), ((want, got), (want, want)), (torch.tensor(got), torch.tensor(want))):
        pairs = [(Observation(values[0]), Observation(values[1]))]
        assert describe(pairs) == UNWRITTEN
    got[1] = 1e30
    assert told(got, want) is None


def test_floats_that_numpy_does_not_have_are_no_fault() -> None:
    pairs = [(Observation(torch.ones(2, dtype=torch.bfloat16)), Observation(torch.zeros(2, dtype=torch.bfloat16)))]
    assert describe(pairs) is None


def test_the_same_number_three_times_is_one_number() -> None:
    assert told([2.0, 2.0, 2.0], [1.0, 1.0, 1.0]) is None


def test_where_there_is_no_number_none_is_right() -> None:
    pairs = [(Observation(np.ones((0, 4))), Observation(np.ones((0, 2))))]
    assert describe(pairs) == "The shape of the result is wrong."


def test_a_float_that_is_not_precise_is_not_said_to_be_of_the_wrong_type() -> None:
    rights = [np.float64(0.1), np.float64(3.0)]
    pairs = [(Observation(float(right) * (1 + 5e-7)), Observation(right)) for right in rights]
    assert describe(pairs) == NEARLY


def test_answers_are_not_said_to_be_1_times_what_they_should_be() -> None:
    pairs = [(Observation(1.00002 * right), Observation(right)) for right in (0.1, 3.0)]
    assert describe(pairs) == NEARLY


def test_a_number_in_single_precision_is_of_another_type() -> None:
    pairs = [(Observation(np.float32(0.5)), Observation(0.5))]
    assert describe(pairs) == "The numbers are right, but the result is a float32 and should be a float."


def test_where_digits_are_lost_to_a_dtype_that_is_not_asked_for_the_dtype_is_told() -> None:
    right = torch.tensor([0.1, 0.7, 30.0], dtype=torch.float64)
    computed = right.float() * (1 + 3e-6)
    dtype = "The numbers are right, but their dtype is torch.float32 and should be torch.float64."
    assert describe([(Observation(computed), Observation(right))]) == dtype
    off = torch.tensor([1.001, 0.999, 1.0])
    assert describe([(Observation(computed * off), Observation(right))]) == NEARLY
    assert describe([(Observation(computed), Observation(right.float()))]) == NEARLY


def test_right_numbers_of_the_wrong_type_are_not_said_to_be_rounded() -> None:
    assert describe([(Observation([16.0, 1392, 8]), Observation([16, 1392, 8]))]) is None


def test_of_a_wrong_number_in_a_tuple_it_is_not_said_that_a_list_is_due() -> None:
    assert differ(Observation((2.0, (1.0,))), Observation((3.0, [1.0]))) == "the value is wrong"
    assert differ(Observation((3.0, (1.0,))), Observation((3.0, [1.0]))) is None


def test_a_list_is_a_list_where_neither_list_nor_tuple_is_due() -> None:
    assert differ(Observation([1.0]), Observation(np.ones(1))) == "the result is a list and should be an ndarray"
    assert differ(Observation([(1.0,)]), Observation(([1.0],))) is None


def test_what_is_there_where_nothing_should_be_has_no_axis_too_many() -> None:
    assert describe([(Observation([np.arange(2)]), Observation([]))]) is None


def test_a_table_is_not_told_apart_by_the_names_of_its_axes() -> None:
    got = pd.DataFrame({"x": [1.0, 2.0]}, index=pd.Index(["a", "b"], name="r")).rename_axis(columns="c")
    want = got.rename_axis(index="row", columns=None)
    assert differ(Observation(got), Observation(want)) is None
    assert differ(Observation(got + 1), Observation(want)) == "the column x is wrong"


def test_a_series_is_not_told_apart_by_its_name() -> None:
    got, want = pd.Series([1.0, 2.0], name="sold"), pd.Series([1.0, 2.0])
    assert differ(Observation(got), Observation(want)) is None
    assert differ(Observation(got + 1), Observation(want)) == "the values are wrong"


def test_a_series_is_not_told_apart_by_a_dtype_in_which_its_entries_are_the_same() -> None:
    want = Observation(pd.Series([1.0, np.nan], index=pd.Index(["a", None])))
    nullable = pd.Series([1, pd.NA], index=pd.Index(["a", None], dtype=object), dtype="Int64")
    assert differ(Observation(nullable), want) is None
    assert differ(Observation(nullable + 1), want) == "the values are wrong"
    assert differ(Observation(pd.Series([1.5, 2.0])), Observation(pd.Series([1, 2]))) == "the values are wrong"
    assert differ(Observation(pd.Series(["1", "2"])), Observation(pd.Series([1, 2]))) == "the values are wrong"


def test_a_table_is_not_told_apart_by_dtypes_in_which_its_entries_are_the_same() -> None:
    want = pd.DataFrame({"x": [1, 2], "y": [1.5, np.nan]}, index=pd.Index([1.0, np.nan]))
    got = pd.DataFrame({"x": [1.0, 2.0], "y": pd.array([1.5, pd.NA])}, index=pd.Index([1, pd.NA], dtype="Int64"))
    assert differ(Observation(got), Observation(want)) is None
    assert differ(Observation(got + 1), Observation(want)) == "the column x is wrong"
    assert differ(Observation(got.set_axis(["1", "2"])), Observation(want)) == "the dtype of the index is wrong"


SEVERAL = [(np.array([1.0, 2.0]), np.array([3.0, 4.0])), (np.array([5.0, 6.0]), np.array([7.0, 8.0]))]


@pytest.mark.parametrize(
    ("came", "relation"),
    [
        (lambda one, other: one, "Several results are asked for, and one came back"),
        (lambda one, other: (other, one), "All results are right, and stand in another order"),
        (lambda one, other: [other, one], "All results are right, and stand in another order"),
    ],
)
def test_of_several_results_it_is_said_which_came_back(came: Callable[..., Any], relation: str) -> None:
    said = describe([(Observation(came(*want)), Observation(want)) for want in SEVERAL])
    assert said is not None
    assert said.startswith(relation)


@pytest.mark.parametrize(
    "came", [lambda one, other: np.stack([one, other]), lambda one, other: (other, other), lambda one, other: None]
)
def test_of_several_results_nothing_is_said_that_is_not_so(came: Callable[..., Any]) -> None:
    assert describe([(Observation(came(*want)), Observation(want)) for want in SEVERAL]) is None


def test_results_that_are_alike_are_in_no_other_order() -> None:
    assert describe([(Observation((2, 1, 1)), Observation((1, 1, 2)))]) is None
    assert describe([(Observation((2, 3, 1)), Observation((1, 2, 3)))]) is not None
