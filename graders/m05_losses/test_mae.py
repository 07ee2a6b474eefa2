"""Hidden checks of mae."""

import numpy as np
import pytest

from winnow.checks import judges
from winnow.checks.recipes import SameShape


def errors(rng, shape):
    """Two arrays whose differences have both signs, unequal sizes, and a sum that is far from 0."""
    size = int(np.prod(shape))
    drawn = rng.uniform(0.5, 1.5, size) * np.where(np.arange(size) % 2, -1.0, 1.0)
    drawn[0] *= 4
    y_true = rng.normal(scale=3.0, size=size)
    return y_true.reshape(shape), (y_true + rng.permutation(drawn)).reshape(shape)


PAIRS = SameShape(errors)
value, rough = judges.number(rtol=1e-9), judges.number(rtol=1e-3, atol=1e-12)


@pytest.mark.points(1.5)
def test_agrees_with_the_definition(mae, agree):
    """the mean absolute error of any two arrays of one shape"""
    agree(mae, **PAIRS.plain((), (1,), (8,), (3, 4), (2, 1, 3, 2)), judge=value)


@pytest.mark.points(0.5)
def test_takes_any_array_like(mae, agree):
    """lists, tuples, scalars and arrays, in any mixture"""
    agree(mae, **PAIRS.array_likes(), judge=rough)


@pytest.mark.points(0.5)
def test_pairs_elements_by_their_place(mae, agree):
    """elements are paired by their index, however the arrays lie in memory"""
    agree(mae, **PAIRS.layouts(), judge=rough)


@pytest.mark.points(1)
def test_subtracts_in_float64(mae, agree):
    """any real dtype is converted to float64 before the subtraction"""
    agree(mae, **PAIRS.any_dtype(), judge=value)


@pytest.mark.points(1)
def test_shapes_must_be_equal(mae, agree):
    """different shapes are a ValueError, also those that numpy would broadcast"""
    agree(mae, **PAIRS.unequal_shapes(), judge=judges.refusal)


@pytest.mark.points(0.5)
def test_leaves_its_arguments_alone(mae, agree):
    """the caller's arrays and lists are not changed"""
    agree(mae, **PAIRS.owned(), judge=rough)


@pytest.mark.points(0.25)
@pytest.mark.edge
def test_names_both_shapes(mae, agree):
    """the message about different shapes names both of them"""
    agree(mae, **PAIRS.named_shapes(), judge=judges.names(0, 1))


@pytest.mark.points(0.5)
@pytest.mark.edge
def test_nan_and_infinity_are_seen(mae, agree):
    """NaN in, NaN out; one infinite error makes the mean infinite; inf - inf is NaN"""
    agree(mae, **PAIRS.not_finite(), judge=rough)


@pytest.mark.points(0.5)
@pytest.mark.edge
def test_refuses_empty_input(mae, agree):
    """the mean of nothing is a ValueError"""
    agree(mae, **PAIRS.empty(), judge=judges.refusal)


@pytest.mark.points(0.5)
@pytest.mark.edge
def test_refuses_complex_input(mae, agree):
    """complex numbers are a TypeError, in either argument"""
    agree(mae, **PAIRS.complex_numbers(), judge=judges.refusal)


@pytest.mark.points(0.25)
@pytest.mark.edge
def test_returns_a_float(mae, agree):
    """the result is a Python float (np.float64 is one)"""
    agree(mae, **PAIRS.array_likes(), judge=judges.number(1e-3, 1e-12, python=True))
