"""What multi_head must do, in examples. `pytest test_multi_head.py` runs them."""

import math

import pytest
import torch
from torch import tensor


def tokens():
    """One sequence of two tokens, four numbers each; a new one every time."""
    return tensor([[[1.0, 2.0, 3.0, 4.0], [3.0, 0.0, 5.0, 8.0]]])


@pytest.mark.points(2)
def test_equal_scores(multi_head):
    """where queries and keys are 0, every token becomes the mean over the tokens"""
    zero, one = torch.zeros(4, 4), torch.eye(4)
    mean = [2.0, 1.0, 4.0, 6.0]
    assert multi_head(tokens(), zero, zero, one, one, 2).flatten().tolist() == pytest.approx(mean * 2)
    assert multi_head(tokens(), zero, zero, one, 2 * one, 4).flatten().tolist() == pytest.approx(
        [4.0, 2.0, 8.0, 12.0] * 2
    )


@pytest.mark.points(2)
def test_weights_are_transposed(multi_head):
    """weights are used as x Wᵀ, and Wo comes last"""
    zero, one = torch.zeros(4, 4), torch.eye(4)
    first = torch.zeros(4, 4)
    first[0] = tensor([1.0, 1.0, 0.0, 0.0])
    assert multi_head(tokens(), zero, zero, first, one, 2)[0, 0].tolist() == pytest.approx([3.0, 0.0, 0.0, 0.0])
    assert multi_head(tokens(), zero, zero, one, first, 2)[0, 1].tolist() == pytest.approx([3.0, 0.0, 0.0, 0.0])
    assert multi_head(tokens(), zero, zero, first, first.T, 1)[0, 0].tolist() == pytest.approx([3.0, 3.0, 0.0, 0.0])


@pytest.mark.points(1)
def test_heads_attend_by_themselves(multi_head):
    """a head sees its own columns alone, and divides by the root of its own width"""
    # The first head scores by the first two columns, the second head not at all.
    x = tensor([[[math.sqrt(2.0) * math.log(3.0), 1.0, 0.0, 0.0], [0.0, 5.0, 4.0, 8.0]]])
    key = torch.zeros(4, 4)
    key[0, 0] = 1 / (math.sqrt(2.0) * math.log(3.0))
    query = torch.zeros(4, 4)
    query[0, 0] = 1.0
    result = multi_head(x, query, key, torch.eye(4), torch.eye(4), 2)
    # Scores of log 3 and 0 for the first token: weights of 3/4 and 1/4; of 0 and 0 for the second.
    assert result[0, 0, 1:].tolist() == pytest.approx([2.0, 2.0, 4.0])
    assert result[0, 1, 1:].tolist() == pytest.approx([3.0, 2.0, 4.0])


@pytest.mark.points(1)
def test_heads_that_do_not_share(multi_head):
    """heads below 1 or not a divisor of the width: ValueError"""
    zero, one = torch.zeros(4, 4), torch.eye(4)
    assert multi_head(tokens(), zero, zero, one, one, 1)[0, 0].tolist() == pytest.approx([2.0, 1.0, 4.0, 6.0])
    assert multi_head(tokens() + 1, zero, zero, one, one, 4)[0, 0].tolist() == pytest.approx([3.0, 2.0, 5.0, 7.0])
    with pytest.raises(ValueError):
        multi_head(tokens(), zero, zero, one, one, 3)
    with pytest.raises(ValueError):
        multi_head(tokens(), zero, zero, one, one, 0)
