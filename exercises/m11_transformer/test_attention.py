"""What attention must do, in examples; digits far behind the point are free. `pytest test_attention.py` runs them."""

import math

import pytest
import torch
from torch import tensor


def values():
    """Three values of one number each; new ones every time."""
    return tensor([[1.0], [2.0], [6.0]])


@pytest.mark.points(2)
def test_equal_scores(attention):
    """where all scores are equal, the result is the mean of the values that may be seen"""
    q, k = torch.zeros(2, 2), torch.zeros(3, 2)
    assert attention(q, k, values()).round(decimals=4).tolist() == [[3.0], [3.0]]
    mask = tensor([[True, True, False], [False, False, True]])
    assert attention(q, k, values(), mask).round(decimals=4).tolist() == [[1.5], [6.0]]
    assert attention(q, k, values(), tensor([False, True, True])).round(decimals=4).tolist() == [[4.0], [4.0]]


@pytest.mark.points(2)
def test_scores_are_scaled(attention):
    """scores are divided by the root of the width, and the softmax is over the keys"""
    # Scores of log 3 · 2 and 0, divided by the root of 4: weights of 3/4 and 1/4.
    q = tensor([[2 * math.log(3.0), 0.0, 0.0, 0.0]])
    k = tensor([[1.0, 0.0, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0]])
    assert attention(q, k, tensor([[4.0, 0.0], [8.0, 1.0]])).round(decimals=4).tolist() == [[5.0, 0.25]]
    assert attention(torch.cat([q, 0 * q]), k, tensor([[4.0], [8.0]])).round(decimals=4).tolist() == [[5.0], [6.0]]
    assert attention(q, k, tensor([[4.0], [8.0]]), tensor([[False, True]])).round(decimals=4).tolist() == [[8.0]]


@pytest.mark.points(1)
def test_a_query_that_sees_nothing(attention):
    """a query that may look at nothing gets zeros, and its neighbours what they would get"""
    q, k = torch.zeros(2, 2), torch.zeros(3, 2)
    mask = tensor([[False, False, False], [True, False, True]])
    assert attention(q, k, values(), mask).round(decimals=4).tolist() == [[0.0], [3.5]]
    assert attention(q[:1], k, values(), mask[:1]).round(decimals=4).tolist() == [[0.0]]


@pytest.mark.points(1)
def test_what_does_not_fit(attention):
    """widths or numbers that differ, a mask that is not bool: ValueError"""
    q, k = torch.zeros(1, 2), torch.zeros(3, 2)
    assert attention(q, k, values()).round(decimals=4).tolist() == [[3.0]]
    assert attention(q, k, 2 * values()).round(decimals=4).tolist() == [[6.0]]
    with pytest.raises(ValueError):
        attention(torch.zeros(1, 3), k, values())
    with pytest.raises(ValueError):
        attention(q, k[:2], values())
    with pytest.raises(ValueError):
        attention(q, k, values(), torch.ones(1, 3))
