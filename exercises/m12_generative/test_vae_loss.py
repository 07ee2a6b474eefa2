"""What vae_loss must do, in examples. `pytest test_vae_loss.py` runs them."""

import math

import pytest
import torch


def zeros(*shape):
    """A float64 tensor of zeros."""
    return torch.zeros(*shape, dtype=torch.float64)


@pytest.mark.points(2)
def test_reconstruction(vae_loss):
    """the cross-entropy is summed over the pixels and averaged over the batch"""
    none = zeros(1, 1)
    assert vae_loss(zeros(1, 1), zeros(1, 1), none, zeros(1, 1)).item() == pytest.approx(math.log(2))
    assert vae_loss(zeros(1, 2, 3), zeros(1, 2, 3), none, zeros(1, 1)).item() == pytest.approx(6 * math.log(2))
    assert vae_loss(zeros(4, 3), zeros(4, 3), zeros(4, 2), zeros(4, 2)).item() == pytest.approx(3 * math.log(2))
    logits = zeros(1, 1) + math.log(3.0)
    assert vae_loss(zeros(1, 1) + 1.0, logits, none, zeros(1, 1)).item() == pytest.approx(-math.log(0.75))
    assert vae_loss(zeros(1, 1) + 0.5, logits, none, zeros(1, 1)).item() == pytest.approx(-math.log(0.75 * 0.25) / 2)


@pytest.mark.points(2)
def test_divergence(vae_loss):
    """the KL from N(mu, exp(log_var)) to N(0, 1), summed over the latents"""
    mu = torch.tensor([[1.0, 0.0]], dtype=torch.float64)
    log_var = torch.tensor([[0.0, math.log(4.0)]], dtype=torch.float64)
    pixel = math.log(2)
    assert vae_loss(zeros(1, 1), zeros(1, 1), mu, log_var).item() == pytest.approx(pixel + 1.3068528194400546)
    assert vae_loss(zeros(1, 1), zeros(1, 1), -2 * mu, zeros(1, 2)).item() == pytest.approx(pixel + 2.0)
    assert vae_loss(zeros(2, 1), zeros(2, 1), mu.T, zeros(2, 1)).item() == pytest.approx(pixel + 0.25)


@pytest.mark.points(1)
def test_large_logits(vae_loss):
    """logits of ±200 give their loss, neither inf nor NaN"""
    far = zeros(1, 1) + 200.0
    assert vae_loss(zeros(1, 1), far, zeros(1, 1), zeros(1, 1)).item() == pytest.approx(200.0)
    assert vae_loss(zeros(1, 1), -far, zeros(1, 1), zeros(1, 1)).item() == pytest.approx(0.0, abs=1e-9)
    assert vae_loss(zeros(1, 1) + 1.0, -far, zeros(1, 1), zeros(1, 1)).item() == pytest.approx(200.0)


@pytest.mark.points(1)
def test_what_does_not_fit(vae_loss):
    """shapes or batches that differ, or no sample: ValueError"""
    assert vae_loss(zeros(2, 3), zeros(2, 3), zeros(2, 1), zeros(2, 1)).item() == pytest.approx(3 * math.log(2))
    assert vae_loss(zeros(1, 3), zeros(1, 3), zeros(1, 1), zeros(1, 1)).item() == pytest.approx(3 * math.log(2))
    with pytest.raises(ValueError):
        vae_loss(zeros(2, 3), zeros(2, 1), zeros(2, 1), zeros(2, 1))
    with pytest.raises(ValueError):
        vae_loss(zeros(2, 3), zeros(2, 3), zeros(2, 2), zeros(2, 1))
    with pytest.raises(ValueError):
        vae_loss(zeros(2, 3), zeros(2, 3), zeros(1, 2), zeros(1, 2))
    with pytest.raises(ValueError):
        vae_loss(zeros(0, 3), zeros(0, 3), zeros(0, 2), zeros(0, 2))
