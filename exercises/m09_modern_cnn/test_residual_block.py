"""What residual_block must do, in examples. All numbers are whole, so the results are exact."""

import pytest
import torch


def centre(*rows):
    """3×3 kernels (O, C, 3, 3) that are 0 but in their middle, where they have these numbers, one row per O."""
    weight = torch.zeros(len(rows), len(rows[0]), 3, 3)
    weight[:, :, 1, 1] = torch.tensor(rows)
    return weight


def line():
    """Two channels of one row and two columns; a new one every time."""
    return torch.tensor([[-1.0, 2.0], [3.0, -4.0]]).reshape(1, 2, 1, 2)


@pytest.mark.points(1)
def test_identity(residual_block):
    """without a projection x itself is added"""
    swap, nothing = centre([0.0, 1.0], [1.0, 0.0]), centre([0.0, 0.0], [0.0, 0.0])
    assert residual_block(line(), swap, nothing).flatten().tolist() == [0.0, 2.0, 3.0, 0.0]
    both = centre([1.0, 0.0], [0.0, 1.0])
    assert residual_block(line(), both, both).flatten().tolist() == [0.0, 4.0, 6.0, 0.0]
    assert residual_block(line(), swap, both).flatten().tolist() == [2.0, 2.0, 3.0, 0.0]


@pytest.mark.points(1)
def test_projection(residual_block):
    """a projection changes the channels, and goes with the stride"""
    w1, w2 = centre([1.0, 0.0]), centre([2.0])
    project = torch.tensor([10.0, 1.0]).reshape(1, 2, 1, 1)
    assert residual_block(line(), w1, w2, project).flatten().tolist() == [0.0, 20.0]
    assert residual_block(-line(), w1, w2, project, stride=2).flatten().tolist() == [9.0]
    assert residual_block(line(), -w1, w2, -project, stride=2).flatten().tolist() == [9.0]


@pytest.mark.points(1)
def test_what_does_not_fit(residual_block):
    """F(x) and x of different shapes without a projection, weights of other shapes: ValueError"""
    both = centre([1.0, 0.0], [0.0, 1.0])
    assert residual_block(torch.ones(1, 2, 1, 1), both, both).flatten().tolist() == [2.0, 2.0]
    with pytest.raises(ValueError):
        residual_block(line(), centre([1.0, 0.0]), centre([1.0]))
    with pytest.raises(ValueError):
        residual_block(line(), both, both, stride=2)
    with pytest.raises(ValueError):
        residual_block(line(), both, centre([1.0]))
