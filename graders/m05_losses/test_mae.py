"""Hidden checks of mae."""

import loss_judges as judged
import mae_inputs as inputs
import pytest


@pytest.mark.points(1.5)
def test_agrees_with_the_definition(mae, agree):
    """the mean absolute error of any two arrays of one shape"""
    agree(mae, on=inputs.plain_pairs, small=inputs.small_lists, judge=judged.value)


@pytest.mark.points(0.5)
def test_takes_any_array_like(mae, agree):
    """lists, tuples, scalars and arrays, in any mixture"""
    agree(mae, on=inputs.array_likes, small=inputs.small_lists, judge=judged.rough_value)


@pytest.mark.points(0.5)
def test_pairs_elements_by_their_place(mae, agree):
    """elements are paired by their index, however the arrays lie in memory"""
    agree(mae, on=inputs.layouts, small=inputs.small_layouts, judge=judged.rough_value)


@pytest.mark.points(1)
def test_subtracts_in_float64(mae, agree):
    """any real dtype is converted to float64 before the subtraction"""
    agree(mae, on=inputs.any_dtype, small=inputs.small_arrays, judge=judged.value)


@pytest.mark.points(1)
def test_shapes_must_be_equal(mae, agree):
    """different shapes are a ValueError, also those that numpy would broadcast"""
    agree(mae, on=inputs.mismatched, small=inputs.small_mismatched, judge=judged.refusal)


@pytest.mark.points(0.5)
def test_leaves_its_arguments_alone(mae, agree):
    """the caller's arrays and lists are not changed"""
    agree(mae, on=inputs.owned, small=inputs.small_owned, judge=judged.rough_value, unchanged=True)


@pytest.mark.points(0.25)
@pytest.mark.edge
def test_names_both_shapes(mae, agree):
    """the message about different shapes names both of them"""
    agree(mae, on=inputs.named, small=inputs.small_mismatched, judge=judged.naming_refusal)


@pytest.mark.points(0.5)
@pytest.mark.edge
def test_nan_and_infinity_are_seen(mae, agree):
    """NaN in, NaN out; one infinite error makes the mean infinite; inf - inf is NaN"""
    agree(mae, on=inputs.more_not_finite, small=inputs.small_not_finite, judge=judged.rough_value)


@pytest.mark.points(0.5)
@pytest.mark.edge
def test_refuses_empty_input(mae, agree):
    """the mean of nothing is a ValueError"""
    agree(mae, on=inputs.empty, small=inputs.small_empty, judge=judged.refusal)


@pytest.mark.points(0.5)
@pytest.mark.edge
def test_refuses_complex_input(mae, agree):
    """complex numbers are a TypeError, in either argument"""
    agree(mae, on=inputs.complex_numbers, small=inputs.small_complex, judge=judged.refusal)


@pytest.mark.points(0.25)
@pytest.mark.edge
def test_returns_a_float(mae, agree):
    """the result is a Python float (np.float64 is one)"""
    agree(mae, on=inputs.array_likes, small=inputs.small_lists, judge=judged.value_and_type)
