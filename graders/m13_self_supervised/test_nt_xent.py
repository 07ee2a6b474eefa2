"""Hidden checks of nt_xent."""

import math

import pytest
import torch

from winnow.checks import call, judges, same
from winnow.checks.recipes import asked
from winnow.checks.tensors import one_asks


def views(rng, size, width, dtype=torch.float64, tracked=False, noise=0.8):
    """Two views of some samples: near each other, of unlike lengths."""
    first = rng.normal(size=(size, width))
    second = first + noise * rng.normal(size=(size, width))
    lengths = rng.uniform(0.3, 3.0, (2, size, 1))
    return [torch.tensor(one, dtype=dtype).requires_grad_(tracked) for one in (first * lengths[0], second * lengths[1])]


def plain(rng):
    for size, width in ((3, 4), (5, 2), (2, 3)):
        yield call(*views(rng, size, width))
    yield call(*views(rng, 4, 3), tau=1.0)
    yield call(*views(rng, 4, 3), 0.2)
    yield call(*views(rng, 3, 5, dtype=torch.float32), tau=0.7)


def lengths(rng):
    """Rows as short as 1e-3 and as long as 1e3."""
    z1, z2 = views(rng, 4, 3)
    scale = torch.tensor([[1e-3], [1e3], [1.0], [30.0]], dtype=torch.float64)
    unit = [one / one.norm(dim=1, keepdim=True) for one in (z1, z2)]
    yield call(1e-3 * unit[0], 1e-3 * unit[1], tau=0.05)
    yield call(unit[0] * scale, unit[1] * scale.flip(0), 1.0)


def tracked(rng):
    yield call(*views(rng, 3, 4, tracked=True))
    yield call(*views(rng, 4, 2, tracked=True), tau=1.5)
    yield from (call(*given) for given in one_asks(views(rng, 2, 3)))
    # The loss of one pair is 0 whatever they are, and who trains with it goes backward all the same.
    yield call(*views(rng, 1, 4, tracked=True))


def sharp(rng):
    """A temperature of 0.01; in float32 the value need only be finite."""
    yield call(*views(rng, 4, 3), tau=0.01)
    yield call(*views(rng, 4, 3, noise=0.05), tau=0.01)
    yield call(*views(rng, 4, 3, dtype=torch.float32, noise=0.01), tau=0.01)
    yield call(*views(rng, 3, 3), tau=100.0)
    z, _ = views(rng, 1, 3)
    for one in (z, torch.cat([z, 2 * z])):  # each positive is as far as can be, and another row as near
        yield call(one, -one, tau=0.01)
        yield call(one.float(), -one.float(), tau=0.01)


def finite_at_least(call, got, want):
    """In float32 at this temperature only that the value is finite is asked for."""
    if call.args[0].dtype == torch.float32 and got.raised is None and isinstance(got.value, torch.Tensor):
        fine = got.value.shape == () and got.value.dtype == torch.float32 and math.isfinite(got.value.item())
        return None if fine else "the value is not finite, or of another kind than it should be"
    return same(got, want)


def alone(rng):
    """One pair: there is nobody else to choose."""
    yield call(*views(rng, 1, 4))
    yield call(*views(rng, 1, 1), tau=0.05)
    yield call(*views(rng, 2, 1))


def layouts(rng):
    z1, z2 = views(rng, 4, 3)
    yield call(z1.T.contiguous().T, z2.flip(0))
    yield call(z1[::2], z2[1::2])
    yield call(z1.clone(), z2.clone())
    yield call(z1.float(), z2.float())


def refused(rng):
    z1, z2 = views(rng, 3, 4)
    for tau in (0.0, -0.5, 0):
        yield call(z1, z2, tau=tau)
    yield call(z1, z2[:2])
    yield call(z1[:1], z2)
    yield call(z1, z2[:, :3])
    yield call(z1, z2.T)
    # Of one pair the loss is 0, but a tau and a shape may be wrong all the same.
    yield call(z1[:1], z2[:1], tau=0.0)
    yield call(z1[:1], z2[:1], tau=-1.0)
    yield call(z1[:1], z2[:1, :3])
    yield call(z1, z2)
    yield call(z1, z2, tau=0.1)


def rows(*values):
    return torch.tensor(values, dtype=torch.float64)


A, B = rows([1.0, 0], [0, 1]), rows([1.0, 1], [-1, 1])
SMALL = [
    call(A, A.clone()), call(A, B), call(A, B, tau=1.0), call(2 * A, B), call(A, 3 * B, tau=1.0),
    call(rows([1.0, 0]), rows([0.0, 1])), call(A, B.flip(0), tau=1.0),
    call(rows([1.0, 0], [0, 1], [1, 1]), rows([1.0, 1], [-1, 1], [0, 2])), call(A, B, tau=0.01),
    call(1000 * A, A.clone()), call(A.clone().requires_grad_(), B.clone().requires_grad_()),
    *(call(*given) for given in one_asks([A, B])),
    call(A[:1].clone().requires_grad_(), B[:1].clone().requires_grad_()),
    call(rows([0.001, 0], [0, 1]), B), call(A.T.contiguous().T, B.T), call(A.float(), B.float(), tau=0.01),
    call(A, B, tau=2.0), call(A, -B, tau=0.01), call(A.float(), -B.float(), tau=0.01),
    *(call(one, -one, tau=0.01) for z in (A[:1], A[[0, 0]]) for one in (z, z.float())),
]  # fmt: skip
BAD = [
    call(A, B, tau=0.0),
    call(A, B, tau=-1.0),
    call(A, B[:1]),
    call(A[:1], B),
    call(A, rows([1.0], [2.0])),
    call(A[:1], B[:1], tau=0.0),
    call(A[:1], B[:1, :1]),
    call(A, B),
    call(A, B, tau=1.0),
]


@pytest.mark.points(5)
def test_pairs(nt_xent, agree):
    """the cross-entropy of the positive among the 2N - 1 others, on cosines divided by tau, as a mean over 2N"""
    agree(nt_xent, **asked(plain, SMALL))


@pytest.mark.points(3)
def test_gradients(nt_xent, agree):
    """gradients flow to z1 and z2"""
    agree(nt_xent, **asked(tracked, SMALL), gradients=True)


@pytest.mark.points(1)
def test_layouts(nt_xent, agree):
    """tensors that are not contiguous in memory; none is changed, nor anything global"""
    agree(nt_xent, **asked(layouts, SMALL), unchanged=True, alone=True)


@pytest.mark.points(1)
def test_lengths(nt_xent, agree):
    """how long a row is changes nothing, from 1e-3 to 1e3"""
    agree(nt_xent, **asked(lengths, SMALL))


@pytest.mark.points(1)
@pytest.mark.edge
def test_one_pair(nt_xent, agree):
    """with one pair the loss is 0"""
    agree(nt_xent, **asked(alone, SMALL))


@pytest.mark.points(1.5)
@pytest.mark.edge
def test_temperatures(nt_xent, agree):
    """a temperature of 0.01 gives finite values, and one of 100 nearly equal chances"""
    agree(nt_xent, **asked(sharp, SMALL), judge=finite_at_least)


@pytest.mark.points(1.5)
@pytest.mark.edge
def test_refusals(nt_xent, agree):
    """tau that is not above 0, or different shapes: ValueError"""
    agree(nt_xent, **asked(refused, BAD), judge=judges.refusal)
