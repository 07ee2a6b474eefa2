"""What lstm_step must do, in examples. `pytest test_lstm_step.py` runs them."""

import math

import pytest
import torch
from torch import tensor

LARGE = 40.0


def gates(i, f, g, o):
    """x, W, U and b of a cell with one unit, whose pre-activations are these numbers whatever h is."""
    return torch.zeros(1, 2), torch.zeros(4, 2), torch.zeros(4, 1), tensor([i, f, g, o])


@pytest.mark.points(2)
def test_weights_of_zero(lstm_step):
    """with all weights and biases 0 every gate is half open, and the candidate is 0"""
    x, W, U, b = gates(0.0, 0.0, 0.0, 0.0)
    h, c = lstm_step(x, torch.zeros(1, 1), torch.ones(1, 1), W, U, b)
    assert c.flatten().tolist() == pytest.approx([0.5])
    assert h.flatten().tolist() == pytest.approx([0.23105857863000487])
    h, c = lstm_step(x, torch.ones(1, 1), torch.full((1, 1), -4.0), W, U, b)
    assert c.flatten().tolist() == pytest.approx([-2.0])
    assert h.flatten().tolist() == pytest.approx([math.tanh(-2.0) / 2])


@pytest.mark.points(2)
def test_each_gate(lstm_step):
    """a gate that is open lets through what is behind it, one that is shut nothing"""
    zero, three = torch.zeros(1, 1), torch.full((1, 1), 3.0)
    x, W, U, b = gates(LARGE, -LARGE, 0.5, LARGE)
    h, c = lstm_step(x, zero, three, W, U, b)
    assert c.flatten().tolist() == pytest.approx([math.tanh(0.5)])
    assert h.flatten().tolist() == pytest.approx([math.tanh(math.tanh(0.5))])
    x, W, U, b = gates(-LARGE, LARGE, 0.5, 0.0)
    h, c = lstm_step(x, zero, three, W, U, b)
    assert c.flatten().tolist() == pytest.approx([3.0])
    assert h.flatten().tolist() == pytest.approx([math.tanh(3.0) / 2])


@pytest.mark.points(1)
def test_input_and_recurrence(lstm_step):
    """a = x Wᵀ + h Uᵀ + b"""
    W, U = torch.zeros(4, 2), torch.zeros(4, 1)
    W[2] = tensor([1.0, -1.0])
    U[2] = 0.5
    b = tensor([LARGE, -LARGE, 0.25, LARGE])
    h, c = lstm_step(tensor([[2.0, 1.5]]), tensor([[1.0]]), tensor([[9.0]]), W, U, b)
    assert c.flatten().tolist() == pytest.approx([math.tanh(1.25)])
    h, c = lstm_step(tensor([[0.0, 1.0]]), tensor([[-1.0]]), tensor([[9.0]]), W, U, b)
    assert h.flatten().tolist() == pytest.approx([math.tanh(math.tanh(-1.25))])


@pytest.mark.points(1)
def test_shapes_that_do_not_fit(lstm_step):
    """shapes that do not fit: ValueError, a b that would broadcast included"""
    x, W, U, b = gates(0.0, 0.0, 0.0, 0.0)
    one = torch.ones(1, 1)
    assert lstm_step(x, one, one.clone(), W, U, b)[1].flatten().tolist() == pytest.approx([0.5])
    assert lstm_step(x, one, 2 * one, W, U, b)[1].flatten().tolist() == pytest.approx([1.0])
    with pytest.raises(ValueError):
        lstm_step(x, one, one.clone(), W, U, b[:1])
    with pytest.raises(ValueError):
        lstm_step(x, one, one.clone(), torch.zeros(4, 3), U, b)
