"""What conv2d must do, in examples. All results are whole numbers; digits far behind the point are free."""

import pytest
import torch
from torch import tensor


def image():
    """The image 0 ... 8 and a kernel of four different numbers; new ones every time."""
    return torch.arange(9.0).reshape(1, 1, 3, 3), tensor([[[[1.0, 2.0], [3.0, 4.0]]]])


@pytest.mark.points(2)
def test_worked_examples(conv2d):
    """the example of the statement, with a bias, and a kernel that is not square"""
    x, weight = image()
    assert conv2d(x, weight).round(decimals=4).tolist() == [[[[27.0, 37.0], [57.0, 67.0]]]]
    assert conv2d(x, weight, tensor([10.0])).round(decimals=4).tolist() == [[[[37.0, 47.0], [67.0, 77.0]]]]
    assert conv2d(x, tensor([[[[1.0, 0.0, -2.0]]]])).round(decimals=4).tolist() == [[[[-4.0], [-7.0], [-10.0]]]]


@pytest.mark.points(2)
def test_stride_and_padding(conv2d):
    """a stride leaves places out, padding adds zeros all around"""
    x, weight = image()
    assert conv2d(x, weight, stride=2).round(decimals=4).tolist() == [[[[27.0]]]]
    assert conv2d(x, weight, padding=1).round(decimals=4).tolist() == [
        [[[0.0, 4.0, 11.0, 6.0], [12.0, 27.0, 37.0, 17.0], [30.0, 57.0, 67.0, 29.0], [12.0, 20.0, 23.0, 8.0]]]
    ]
    assert conv2d(x, weight, stride=3, padding=1).round(decimals=4).tolist() == [[[[0.0, 6.0], [12.0, 8.0]]]]


@pytest.mark.points(1)
def test_channels(conv2d):
    """every output channel sums over all input channels"""
    x = torch.stack([torch.ones(2, 2), 10 * torch.ones(2, 2)])[None]
    weight = tensor([[[[1.0]], [[2.0]]], [[[0.0]], [[-1.0]]], [[[3.0]], [[0.0]]]])
    assert conv2d(x, weight).round(decimals=4).tolist() == [[[[21.0] * 2] * 2, [[-10.0] * 2] * 2, [[3.0] * 2] * 2]]
    assert conv2d(torch.cat([x, 0 * x]), weight, tensor([1.0, 2.0, 3.0])).round(decimals=4).tolist() == [
        [[[22.0] * 2] * 2, [[-8.0] * 2] * 2, [[6.0] * 2] * 2],
        [[[1.0] * 2] * 2, [[2.0] * 2] * 2, [[3.0] * 2] * 2],
    ]


@pytest.mark.points(1)
def test_what_does_not_fit(conv2d):
    """channels that differ, or a kernel larger than the padded image: ValueError"""
    x, _ = image()
    assert conv2d(x, torch.ones(1, 1, 3, 3)).round(decimals=4).tolist() == [[[[36.0]]]]
    assert conv2d(x, torch.ones(1, 1, 5, 5), padding=1).round(decimals=4).tolist() == [[[[36.0]]]]
    with pytest.raises(ValueError):
        conv2d(x, torch.ones(1, 2, 2, 2))
    with pytest.raises(ValueError):
        conv2d(x, torch.ones(1, 1, 4, 1))
