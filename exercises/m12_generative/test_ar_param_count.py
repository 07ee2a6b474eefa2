"""What ar_param_count must do, in examples. `pytest test_ar_param_count.py` runs them."""

import pytest


@pytest.mark.points(1.5)
def test_binary_variables(ar_param_count):
    """ten binary variables, and one"""
    assert ar_param_count(10, "joint") == 1023
    assert ar_param_count(10, "chain") == 1023
    assert ar_param_count(10, "markov") == 19
    assert ar_param_count(10, "independent") == 10
    assert ar_param_count(1, "markov") == 1


@pytest.mark.points(0.75)
def test_more_states(ar_param_count):
    """three variables of three states each"""
    assert ar_param_count(3, "joint", states=3) == 26
    assert ar_param_count(3, "chain", states=3) == 26
    assert ar_param_count(3, "markov", states=3) == 14
    assert ar_param_count(3, "independent", states=3) == 6


@pytest.mark.points(0.75)
def test_what_is_refused(ar_param_count):
    """no variable, one state, another kind: ValueError"""
    assert ar_param_count(2, "joint") == 3
    assert ar_param_count(100, "joint") == 2**100 - 1
    with pytest.raises(ValueError):
        ar_param_count(0, "joint")
    with pytest.raises(ValueError):
        ar_param_count(3, "joint", states=1)
    with pytest.raises(ValueError):
        ar_param_count(3, "bayes")
