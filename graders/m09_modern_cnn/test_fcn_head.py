"""Hidden checks of fcn_head."""

import pytest
import torch

from winnow.checks import call, judges
from winnow.checks.recipes import asked
from winnow.checks.tensors import one_asks, turned


def head(rng, image, classes, h, w, dtype=torch.float64, tracked=False):
    """A feature map (B, C, H, W) and a classifier of windows (C, h, w)."""
    shapes = image, (classes, image[1] * h * w), (classes,)
    return [torch.tensor(rng.normal(size=shape), dtype=dtype).requires_grad_(tracked) for shape in shapes] + [h, w]


def plain(rng):
    yield call(*head(rng, (2, 3, 5, 6), 4, 2, 3))
    yield call(*head(rng, (1, 2, 4, 4), 3, 3, 1))
    yield call(*head(rng, (2, 1, 6, 3), 2, 2, 2))
    yield call(*head(rng, (1, 4, 3, 5), 3, 1, 4, dtype=torch.float32))
    # One number of another size counts in the windows that it is in, and in no other.
    features, *rest = head(rng, (1, 1, 4, 5), 2, 2, 2)
    features[0, 0, 0, 0] = 1e12
    yield call(features, *rest)


def exact_fit(rng):
    """Where the map is as large as the window in one direction, in both, and a window of one pixel."""
    yield call(*head(rng, (3, 2, 3, 2), 4, 3, 2))
    yield call(*head(rng, (1, 2, 3, 4), 2, 3, 2))
    yield call(*head(rng, (2, 3, 2, 2), 2, 1, 1))
    yield call(*head(rng, (1, 1, 1, 5), 1, 1, 5))


def tracked(rng):
    yield call(*head(rng, (2, 2, 3, 4), 3, 2, 3, tracked=True))
    features, weight, bias, h, w = head(rng, (1, 1, 3, 3), 1, 3, 2, tracked=True)
    # A bias of zeros learns as well.
    yield call(features, weight, torch.zeros_like(bias, requires_grad=True), h, w)
    yield from (call(*given) for given in one_asks(head(rng, (1, 2, 2, 3), 2, 1, 2)))


def layouts(rng):
    features, weight, bias, h, w = head(rng, (2, 3, 4, 5), 3, 2, 3)
    yield call(turned(features), turned(weight), bias, h, w)
    yield call(features.flip(3), weight.flip(0), bias, h, w)
    yield call(features.clone(), weight.clone(), bias.clone(), h, w)
    yield call(features.float(), weight.float(), bias.float(), h, w)
    # The meta device holds no numbers: what leaves it fails, as it would on a GPU.
    yield call(*(one.to("meta") for one in (features, weight, bias)), h, w)


def refused(rng):
    features, weight, bias, h, w = head(rng, (2, 2, 4, 5), 3, 2, 3)
    for columns in (1, 6, 8, 11, 13):
        yield call(features, torch.ones(3, columns, dtype=torch.float64), bias, h, w)
    yield call(features[:, :1], weight, bias, h, w)
    yield call(features, weight.mT, bias, h, w)
    yield call(features[:, :, :1], weight, bias, h, w)
    yield call(features[..., :2], weight, bias, h, w)
    yield call(features[:, :, :2, :3], weight, bias, 1, 6)
    yield call(features[:, :, :2, :3], weight, bias, 6, 1)
    # On a map as large as the window, too, where the result is a plain product.
    for columns in (1, 11):
        yield call(features[..., :h, :w], torch.ones(3, columns, dtype=torch.float64), bias, h, w)
    yield call(features, weight, bias, h, w)
    yield call(features, weight, bias, 3, 2)


def count(*shape):
    return torch.arange(float(torch.tensor(shape).prod()), dtype=torch.float64).reshape(shape)


ZERO = torch.zeros(1, dtype=torch.float64)
W4 = torch.tensor([[1.0, 10, 100, 1000]], dtype=torch.float64)
SMALL = [
    call(count(1, 1, 2, 2), W4, ZERO, 2, 2), call(count(1, 2, 1, 2), W4, ZERO, 1, 2),
    call(count(1, 2, 2, 1), W4, ZERO, 2, 1), call(count(1, 1, 2, 3), W4[:, :2], ZERO, 1, 2),
    call(count(1, 1, 3, 2), W4[:, :2], ZERO, 2, 1), call(count(1, 1, 1, 4), W4[:, :2], ZERO, 1, 2),
    call(count(1, 1, 1, 2), W4[:, :1], ZERO + 5, 1, 1), call(count(2, 1, 1, 2), W4[:, :2], ZERO, 1, 2),
    call(count(1, 1, 1, 2), torch.cat([W4, -W4])[:, :2], torch.tensor([1.0, 2.0], dtype=torch.float64), 1, 2),
    call(count(1, 1, 3, 3), W4, ZERO, 2, 2),
    call(torch.tensor([[[[1e12, 0.0, 0.0, 3.0]]]], dtype=torch.float64), W4[:, :2], ZERO, 1, 2),
    call(count(1, 2, 2, 2), W4[:, :2], ZERO, 1, 1),
    call(count(1, 1, 2, 2).requires_grad_(), W4.clone().requires_grad_(), ZERO.clone().requires_grad_(), 2, 2),
    call(turned(count(1, 1, 2, 2)), W4[:, :2], ZERO, 1, 2),
    call(*(one.to("meta") for one in (count(1, 1, 2, 2), W4[:, :2], ZERO)), 1, 2),
    call(count(1, 1, 2, 3).requires_grad_(), W4[:, :2].clone().requires_grad_(), ZERO.clone().requires_grad_(), 1, 2),
    call(count(1, 1, 2, 3), torch.ones(1, 6, dtype=torch.float64), ZERO, 2, 3),
    *(call(*given) for given in one_asks([count(1, 1, 1, 2), W4[:, :2], ZERO, 1, 2])),
]  # fmt: skip
BAD = [
    call(count(1, 1, 2, 2), W4[:, :3], ZERO, 2, 2), call(count(1, 1, 2, 2), W4[:, :1], ZERO, 1, 2),
    call(count(1, 2, 2, 2), W4, ZERO, 2, 2), call(count(1, 1, 1, 2), W4[:, :2], ZERO, 2, 1),
    call(count(1, 1, 2, 1), W4[:, :2], ZERO, 1, 2), call(count(1, 1, 2, 2), W4, ZERO, 4, 1),
    call(count(1, 1, 2, 2), W4, ZERO, 1, 4), call(count(1, 1, 2, 2), W4, ZERO, 2, 2),
    call(count(1, 1, 2, 2), W4[:, :2], ZERO, 1, 2), call(count(1, 1, 2, 2), W4[:, :3], ZERO, 1, 2),
]  # fmt: skip


@pytest.mark.points(2.5)
def test_every_place(fcn_head, agree):
    """at each place what the classifier says of the window there"""
    agree(fcn_head, **asked(plain, SMALL))


@pytest.mark.points(1.5)
def test_gradients(fcn_head, agree):
    """gradients flow to features, weight and bias"""
    agree(fcn_head, **asked(tracked, SMALL), gradients=True)


@pytest.mark.points(1)
def test_layouts(fcn_head, agree):
    """tensors that are not contiguous, or on another device; no argument is changed, nor anything global"""
    agree(fcn_head, **asked(layouts, SMALL), unchanged=True, alone=True)


@pytest.mark.points(1)
@pytest.mark.edge
def test_windows_that_just_fit(fcn_head, agree):
    """a window as large as the map, and one of a single pixel"""
    agree(fcn_head, **asked(exact_fit, SMALL))


@pytest.mark.points(1)
@pytest.mark.edge
def test_refusals(fcn_head, agree):
    """a weight with other than C·h·w columns, a map smaller than the window: ValueError"""
    agree(fcn_head, **asked(refused, BAD), judge=judges.refusal)
