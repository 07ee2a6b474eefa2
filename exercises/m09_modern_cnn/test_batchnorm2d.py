"""What batchnorm2d must do, in examples. `pytest test_batchnorm2d.py` runs them."""

import pytest
import torch
from torch import tensor


def given(*values):
    """A float64 tensor of these numbers."""
    return torch.tensor(values, dtype=torch.float64)


def two_values():
    """x = [1, 3] as (2, 1, 1, 1), gamma 1, beta 0, running mean 0 and variance 1; new tensors every time."""
    return given(1.0, 3.0).reshape(2, 1, 1, 1), given(1.0), given(0.0), given(0.0), given(1.0)


@pytest.mark.points(3)
def test_training(batchnorm2d):
    """in training the batch normalises, and is remembered a little"""
    small = 0.9999950000374997
    assert batchnorm2d(*two_values(), True)[0].flatten().tolist() == pytest.approx([-small, small])
    assert batchnorm2d(*two_values(), True)[1].tolist() == pytest.approx([0.2])
    assert batchnorm2d(*two_values(), True)[2].tolist() == pytest.approx([1.1])
    assert batchnorm2d(*two_values(), True, momentum=0.5)[2].tolist() == pytest.approx([1.5])
    x, _, _, mean, variance = two_values()
    y = batchnorm2d(x, given(2.0), given(5.0), mean, variance, True, eps=3.0)[0]
    assert y.flatten().tolist() == pytest.approx([4.0, 6.0])


@pytest.mark.points(1.5)
def test_evaluation(batchnorm2d):
    """in evaluation the running statistics normalise, and come back as they were"""
    x, gamma, beta, _, _ = two_values()
    y, mean, variance = batchnorm2d(x, gamma, beta, given(5.0), given(4.0), False, eps=0.0)
    assert y.flatten().tolist() == pytest.approx([-2.0, -1.0])
    assert mean.tolist() == pytest.approx([5.0])
    assert variance.tolist() == pytest.approx([4.0])
    y = batchnorm2d(x[:1], 3 * gamma, beta + 1.0, given(5.0), given(4.0), False, eps=0.0)[0]
    assert y.flatten().tolist() == pytest.approx([-5.0])


@pytest.mark.points(1.5)
def test_each_channel_by_itself(batchnorm2d):
    """statistics are per channel, over samples, rows and columns; one value per channel has none: ValueError"""
    x = tensor([[[[0.0, 2.0]], [[10.0, 10.0]]], [[[4.0, 6.0]], [[30.0, 30.0]]]], dtype=torch.float64)
    y, mean, _ = batchnorm2d(x, given(1.0, 1.0), given(0.0, 0.0), given(0.0, 0.0), given(1.0, 1.0), True, momentum=1.0)
    assert mean.tolist() == pytest.approx([3.0, 20.0])
    assert y[:, 1].flatten().tolist() == pytest.approx([-1.0, -1.0, 1.0, 1.0], abs=1e-6)
    with pytest.raises(ValueError):
        batchnorm2d(x[:1, :, :, :1], given(1.0, 1.0), given(0.0, 0.0), given(0.0, 0.0), given(1.0, 1.0), True)
