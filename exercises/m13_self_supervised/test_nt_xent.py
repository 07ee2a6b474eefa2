"""What nt_xent must do, in examples. `pytest test_nt_xent.py` runs them."""

import math

import pytest
import torch
from torch import tensor


@pytest.mark.points(2)
def test_identical_rows(nt_xent):
    """identical rows everywhere: every one of the 2N - 1 others is as likely"""
    assert nt_xent(torch.ones(2, 3), torch.ones(2, 3)).item() == pytest.approx(math.log(3), abs=1e-6)
    assert nt_xent(torch.ones(5, 2), torch.ones(5, 2), tau=0.1).item() == pytest.approx(math.log(9), abs=1e-5)
    assert nt_xent(torch.ones(1, 2), -torch.ones(1, 2)).item() == pytest.approx(0.0, abs=1e-6)


@pytest.mark.points(2)
def test_two_pairs(nt_xent):
    """two pairs at a right angle: one positive, two others of similarity 0"""
    z = tensor([[1.0, 0.0], [0.0, 1.0]])
    assert nt_xent(z, z.clone(), tau=1.0).item() == pytest.approx(math.log(math.e + 2) - 1, abs=1e-6)
    assert nt_xent(z, z.clone()).item() == pytest.approx(math.log(math.exp(2) + 2) - 2, abs=1e-6)
    assert nt_xent(z, z.flip(0), tau=1.0).item() == pytest.approx(math.log(math.e + 2), abs=1e-6)


@pytest.mark.points(1)
def test_length_does_not_count(nt_xent):
    """similarities are cosines: how long a row is changes nothing"""
    z = tensor([[1.0, 0.0], [0.0, 1.0]])
    assert nt_xent(100 * z, 0.01 * z, tau=1.0).item() == pytest.approx(math.log(math.e + 2) - 1, abs=1e-6)
    assert nt_xent(3 * z, z.flip(0), tau=1.0).item() == pytest.approx(math.log(math.e + 2), abs=1e-6)


@pytest.mark.points(1)
def test_what_is_refused(nt_xent):
    """a temperature that is not above 0, different shapes: ValueError"""
    z = torch.ones(2, 2)
    assert nt_xent(z, z.clone(), tau=2.0).item() == pytest.approx(math.log(3), abs=1e-6)
    assert nt_xent(z[:1], z[:1].clone(), tau=2.0).item() == pytest.approx(0.0, abs=1e-6)
    with pytest.raises(ValueError):
        nt_xent(z, z.clone(), tau=0.0)
    with pytest.raises(ValueError):
        nt_xent(z, torch.ones(3, 2))
