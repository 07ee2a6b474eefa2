"""What byol_step must do, in examples. `pytest test_byol_step.py` runs them."""

import pytest
import torch
from torch import tensor


def parameters():
    """Target and online parameters, a list of each; new ones every time."""
    return [tensor([1.0, 2.0]), tensor([[4.0]])], [tensor([3.0, 0.0]), tensor([[-4.0]])]


@pytest.mark.points(2.5)
def test_loss(byol_step):
    """0 where the prediction points where the other view does, 8 where it points away"""
    q = tensor([[3.0, 4.0]])
    assert byol_step(q, q.clone(), 2 * q, 5 * q, *parameters(), 0.5)[0].item() == pytest.approx(0.0, abs=1e-6)
    assert byol_step(q, q.clone(), -q, -q, *parameters(), 0.5)[0].item() == pytest.approx(8.0)
    right = tensor([[-4.0, 3.0]])
    assert byol_step(q, right, right, q, *parameters(), 0.5)[0].item() == pytest.approx(0.0, abs=1e-6)
    assert byol_step(q, right, q, right, *parameters(), 0.5)[0].item() == pytest.approx(4.0)
    assert byol_step(torch.cat([q, q]), torch.cat([q, q]), torch.cat([q, -q]), torch.cat([q, -q]), *parameters(), 0.5)[
        0
    ].item() == pytest.approx(4.0)


@pytest.mark.points(2.5)
def test_target_parameters(byol_step):
    """the target's parameters move towards the online ones, by 1 - m of the way"""
    q = tensor([[3.0, 4.0]])
    assert [one.tolist() for one in byol_step(q, q, q, q, *parameters(), 0.5)[1]] == [[2.0, 1.0], [[0.0]]]
    assert [one.tolist() for one in byol_step(q, q, q, q, *parameters(), 0.75)[1]] == [[1.5, 1.5], [[2.0]]]
    assert [one.tolist() for one in byol_step(q, q, q, q, *parameters(), 1.0)[1]] == [[1.0, 2.0], [[4.0]]]
    assert [one.tolist() for one in byol_step(q, q, q, q, *parameters(), 0.0)[1]] == [[3.0, 0.0], [[-4.0]]]


@pytest.mark.points(1)
def test_what_is_refused(byol_step):
    """m outside [0, 1], lists or shapes that do not fit: ValueError"""
    q = tensor([[3.0, 4.0]])
    xi, theta = parameters()
    assert byol_step(q, q, q, q, [], [], 0.5)[0].item() == pytest.approx(0.0, abs=1e-6)
    assert byol_step(q, q, -q, q, xi, theta, 0.5)[0].item() == pytest.approx(4.0)
    with pytest.raises(ValueError):
        byol_step(q, q, q, q, xi, theta, 1.5)
    with pytest.raises(ValueError):
        byol_step(q, q, q, q, xi, theta[:1], 0.5)
    with pytest.raises(ValueError):
        byol_step(q, q, q, torch.ones(1, 3), xi, theta, 0.5)
