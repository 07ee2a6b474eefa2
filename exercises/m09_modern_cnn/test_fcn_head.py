"""What fcn_head must do, in examples. All numbers are whole, so the results are exact."""

import pytest
import torch
from torch import tensor


@pytest.mark.points(1)
def test_one_window(fcn_head):
    """where the map is as large as the window, it is the classifier itself"""
    features = torch.arange(4.0).reshape(1, 1, 2, 2)
    assert fcn_head(features, tensor([[1.0, 2.0, 3.0, 4.0]]), tensor([0.5]), 2, 2).tolist() == [[[[20.5]]]]
    two = torch.arange(4.0).reshape(1, 2, 1, 2)
    weight = tensor([[1.0, 0.0, 0.0, 10.0], [0.0, 1.0, -1.0, 0.0]])
    assert fcn_head(two, weight, tensor([1.0, 2.0]), 1, 2).tolist() == [[[[31.0]], [[1.0]]]]


@pytest.mark.points(1)
def test_every_window(fcn_head):
    """windows overlap: one step at a time, down and to the right"""
    features = torch.arange(6.0).reshape(1, 1, 2, 3)
    assert fcn_head(features, tensor([[1.0, 10.0]]), tensor([0.0]), 1, 2).tolist() == [
        [[[10.0, 21.0], [43.0, 54.0]]],
    ]
    assert fcn_head(features, tensor([[1.0, 10.0]]), tensor([1.0]), 2, 1).tolist() == [[[[31.0, 42.0, 53.0]]]]


@pytest.mark.points(1)
def test_what_does_not_fit(fcn_head):
    """a weight with other than C·h·w columns, a map smaller than the window: ValueError"""
    features, bias = torch.arange(4.0).reshape(1, 1, 2, 2), tensor([0.0])
    assert fcn_head(features, tensor([[1.0]]), bias, 1, 1).tolist() == [[[[0.0, 1.0], [2.0, 3.0]]]]
    assert fcn_head(features, tensor([[1.0, 1.0]]), bias, 1, 2).tolist() == [[[[1.0], [5.0]]]]
    with pytest.raises(ValueError):
        fcn_head(features, torch.ones(1, 3), bias, 1, 2)
    with pytest.raises(ValueError):
        fcn_head(features, torch.ones(1, 3), bias, 3, 1)
