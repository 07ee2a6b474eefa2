"""Hidden checks of vae_loss."""

import pytest
import torch

from winnow.checks import call, judges
from winnow.checks.recipes import asked
from winnow.checks.tensors import one_asks


def images(rng, *shape, latents=3, dtype=torch.float64, tracked=False):
    """Pixels between 0 and 1, logits, and means and log-variances of latents."""
    pixels = torch.tensor(rng.random(shape), dtype=dtype)
    drawn = shape, (shape[0], latents), (shape[0], latents)
    logits, mu, log_var = (torch.tensor(rng.normal(scale=1.2, size=one), dtype=dtype) for one in drawn)
    return [one.requires_grad_(tracked) for one in (pixels, logits, mu, log_var)]


def plain(rng):
    yield call(*images(rng, 4, 6))
    yield call(*images(rng, 3, 2, 2, 3, latents=2))
    yield call(*images(rng, 2, 2, 1, 2, 2))
    yield call(*images(rng, 1, 1, latents=1))
    yield call(*images(rng, 5, 3, 2, latents=4, dtype=torch.float32))


def binary(rng):
    """Pixels of 0 and 1 alone; and no divergence, or no doubt about a pixel."""
    x, logits, mu, log_var = images(rng, 3, 4)
    yield call(x.round(), logits, mu, log_var)
    yield call(x, logits, 0 * mu, 0 * log_var)
    yield call(x, 0 * logits, mu, 0 * log_var)
    yield call(x, 0 * logits, 0 * mu, torch.linspace(-30, 12, 9, dtype=torch.float64).reshape(3, 3))


def tracked(rng):
    yield call(*images(rng, 3, 4, tracked=True))
    yield call(*images(rng, 2, 2, 2, latents=1, tracked=True))
    yield from (call(*given) for given in one_asks(images(rng, 2, 2)))


def large(rng):
    """Logits of ±200, for pixels of 0, 1 and between, with their gradients."""
    signs = torch.tensor([[1.0, -1, 1, -1], [-1, 1, -1, 1]], dtype=torch.float64)
    x, _, mu, log_var = images(rng, 2, 4)
    pixels = torch.tensor([[0.0, 1, 1, 0], [0.25, 0.5, 1, 0]], dtype=torch.float64)
    for dtype in (torch.float64, torch.float32):
        given = [one.detach().to(dtype).requires_grad_() for one in (pixels, 200 * signs, mu, log_var)]
        yield call(*given)
    yield call(x.detach(), (-200 * signs).requires_grad_(), mu.detach(), log_var.detach())
    # Large, but not so large that exp of them is nothing beside 1.
    sizes = torch.tensor([[6.0, 8, 10, 12], [7, 9, 11, 13]], dtype=torch.float64)
    yield call(pixels, signs * sizes, 0 * mu, 0 * log_var)


def layouts(rng):
    x, logits, mu, log_var = images(rng, 3, 3, 2, latents=3)
    yield call(x.transpose(1, 2).contiguous().transpose(1, 2), logits.flip(0), mu.T.contiguous().T, log_var)
    yield call(x.transpose(0, 1), logits.transpose(0, 1), mu.flip(1), log_var)
    yield call(x.clone(), logits.clone(), mu.clone(), log_var.clone())
    yield call(x.float(), logits.float(), mu.float(), log_var.float())


def refused(rng):
    x, logits, mu, log_var = images(rng, 3, 4, 2, latents=2)
    yield call(x, logits[:, :1], mu, log_var)
    yield call(x[:, :, :1], logits, mu, log_var)
    yield call(x[:1], logits, mu, log_var)
    yield call(x, logits.flatten(1), mu, log_var)
    yield call(x, logits[:1], mu, log_var)
    yield call(x, logits, mu[:, :1], log_var)
    yield call(x, logits, mu, log_var[:1])
    yield call(x, logits, mu, log_var[:, :1])
    yield call(x, logits, mu[:2], log_var[:2])
    yield call(x, logits, mu[:1], log_var[:1])
    yield call(x[:1], logits[:1], mu, log_var)
    yield call(x[:0], logits[:0], mu[:0], log_var[:0])
    # As many numbers, in another shape.
    yield call(x, logits, mu, log_var.T)
    yield call(x, logits, mu, log_var)


def rows(*values):
    return torch.tensor(values, dtype=torch.float64)


def zeros(*shape):
    return torch.zeros(*shape, dtype=torch.float64)


N = zeros(1, 1)
SMALL = [
    call(N, N.clone(), N.clone(), N.clone()), call(N, N + 1, N.clone(), N.clone()),
    call(N + 1, N + 1, N.clone(), N.clone()), call(N, N - 200, N + 1, N.clone()), call(N, N - 200, N.clone(), N + 1),
    call(N, N - 200, N + 2, N - 1), call(N, N - 200, N.clone(), N - 30), call(N, N + 200, N.clone(), N.clone()),
    call(N, N - 8, N.clone(), N.clone()), call(N, N - 11, N.clone(), N.clone()),
    call(N + 1, N - 200, N.clone(), N.clone()), call(zeros(1, 2), zeros(1, 2), N.clone(), N.clone()),
    call(N, N - 200, zeros(1, 2) + 1, zeros(1, 2)), call(zeros(2, 1), zeros(2, 1), zeros(2, 1) + 1, zeros(2, 1)),
    call(N + 0.5, N + 1, N.clone(), N.clone()), call(zeros(1, 2, 2), zeros(1, 2, 2), N.clone(), N.clone()),
    call(rows([0.0], [1.0]), rows([1.0], [1.0]), rows([0.0], [1.0]), rows([0.0], [1.0])),
    call(*(one.clone().requires_grad_() for one in (N + 0.5, N + 1, N + 1, N + 1))),
    call(*(one.clone().requires_grad_() for one in (N + 0.5, N - 200, N + 1, N + 1))),
    call(rows([1.0, 0], [0, 0]).T, rows([1.0, 2], [3, 0]), rows([1.0], [0.0]), rows([0.0], [1.0])),
    call(N, N - 200, zeros(1, 2) + 1, rows([0.0, 1.0])),
    call(*(one.clone().requires_grad_() for one in (N + 1, N - 200, N, N))),
    call(*(one.float().requires_grad_() for one in (N, N + 200, N, N))),
    *(call(*given) for given in one_asks([N, N + 1, N + 1, N + 1])),
]  # fmt: skip
BAD = [
    call(zeros(1, 2), N, N, N), call(N, zeros(1, 2), N, N), call(N, N, zeros(1, 2), N), call(N, N, N, zeros(1, 2)),
    call(zeros(2, 1), zeros(2, 1), N, N), call(N, N, zeros(2, 1), zeros(2, 1)),
    call(zeros(0, 1), zeros(0, 1), zeros(0, 1), zeros(0, 1)), call(zeros(2, 1), N, zeros(2, 1), zeros(2, 1)),
    call(zeros(1, 4), zeros(1, 2, 2), N, N), call(zeros(2, 1), zeros(2, 1), zeros(2, 1), N), call(N, N, N, N),
    call(zeros(2, 1), zeros(2, 1), zeros(2, 1), zeros(2, 1)),
    call(zeros(3, 1), zeros(3, 1), zeros(2, 1), zeros(2, 1)), call(N, N, zeros(1, 2), zeros(2, 1)),
]  # fmt: skip


@pytest.mark.points(4)
def test_both_terms(vae_loss, agree):
    """summed over pixels and latents, averaged over the batch, for any shape of x"""
    agree(vae_loss, **asked(plain, SMALL))


@pytest.mark.points(2)
def test_term_by_term(vae_loss, agree):
    """the cross-entropy alone, and the divergence alone"""
    agree(vae_loss, **asked(binary, SMALL))


@pytest.mark.points(3)
def test_gradients(vae_loss, agree):
    """gradients flow to every argument"""
    agree(vae_loss, **asked(tracked, SMALL), gradients=True)


@pytest.mark.points(1)
def test_layouts(vae_loss, agree):
    """tensors that are not contiguous in memory; no argument is changed, nor anything global"""
    agree(vae_loss, **asked(layouts, SMALL), unchanged=True, alone=True)


@pytest.mark.points(2)
@pytest.mark.edge
def test_far_logits(vae_loss, agree):
    """logits of ±200 give finite values and gradients"""
    agree(vae_loss, **asked(large, SMALL), gradients=True)


@pytest.mark.points(2)
@pytest.mark.edge
def test_refusals(vae_loss, agree):
    """shapes or batches that differ, or no sample: ValueError"""
    agree(vae_loss, **asked(refused, BAD), judge=judges.refusal)
