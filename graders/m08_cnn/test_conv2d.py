"""Hidden checks of conv2d."""

import pytest
import torch

from winnow.checks import call, judges
from winnow.checks.recipes import asked
from winnow.checks.tensors import one_asks, turned


def layer(rng, image, kernel, bias=True, dtype=torch.float64, tracked=False):
    """An image batch (B, C, H, W), a kernel (O, C, kh, kw) and a bias, of numbers around 1."""
    shapes = image, kernel, (kernel[0],)
    x, weight, b = (
        torch.tensor(rng.normal(loc=0.3, size=shape), dtype=dtype).requires_grad_(tracked) for shape in shapes
    )
    return x, weight, b if bias else None


def plain(rng):
    yield call(*layer(rng, (1, 1, 5, 5), (1, 1, 3, 3), bias=False))
    yield call(*layer(rng, (2, 3, 6, 5), (4, 3, 2, 3)))
    yield call(*layer(rng, (2, 2, 4, 7), (3, 2, 4, 1)))
    yield call(*layer(rng, (1, 3, 4, 4), (2, 3, 1, 1), dtype=torch.float32))
    yield call(*layer(rng, (3, 1, 3, 4), (2, 1, 3, 4)))


def strided(rng):
    for image, stride, padding in (((7, 8), 2, 0), ((6, 9), 3, 1), ((5, 5), 1, 2), ((6, 6), 2, 1), ((4, 5), 5, 3)):
        yield call(*layer(rng, (2, 2, *image), (3, 2, 3, 2)), stride=stride, padding=padding)
    yield call(*layer(rng, (1, 2, 7, 6), (2, 2, 2, 3)), 2, 1)
    yield call(*layer(rng, (1, 2, 3, 2), (2, 2, 1, 1)), padding=1)


def tracked(rng):
    yield call(*layer(rng, (2, 2, 5, 4), (3, 2, 3, 2), tracked=True), stride=2, padding=1)
    yield call(*layer(rng, (1, 2, 4, 4), (2, 2, 2, 2), bias=False, tracked=True))
    # A bias of zeros changes no number, and has its gradient.
    x, weight, b = layer(rng, (1, 2, 3, 3), (2, 2, 2, 2))
    yield from (call(*given) for given in one_asks([x, weight, 0 * b]))


def edges(rng):
    """A kernel as large as the padded image; an empty batch; a stride larger than the image."""
    yield call(*layer(rng, (1, 2, 1, 2), (2, 2, 3, 4)), padding=1)
    yield call(*layer(rng, (2, 1, 3, 3), (1, 1, 1, 1)), stride=4)
    yield call(*layer(rng, (0, 2, 5, 4), (3, 2, 2, 3)), stride=2, padding=1)


def layouts(rng):
    x, weight, b = layer(rng, (2, 3, 5, 6), (4, 3, 3, 2))
    yield call(turned(x), turned(weight), b)
    yield call(
        x.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2),
        weight.transpose(0, 1).contiguous().transpose(0, 1),
        b,
        padding=1,
    )
    yield call(x.float(), weight.float(), b.float(), stride=2)
    # The meta device holds no numbers: what leaves it fails, as it would on a GPU. Each operation takes long there.
    yield call(*(one.to("meta") for one in layer(rng, (1, 1, 2, 3), (2, 1, 1, 2))), padding=1)


def refused(rng):
    x, weight, b = layer(rng, (2, 3, 5, 4), (4, 3, 3, 2))
    yield call(x[:, :2], weight, b)
    yield call(x, weight[:, :1], b)
    yield call(x[:, :1], weight, b)
    # Twice as many channels as a kernel has are no groups.
    yield call(*layer(rng, (2, 4, 5, 4), (4, 2, 3, 2)))
    yield call(x[:, :, :2], weight, b)
    yield call(x[..., :1], weight, b)
    yield call(x[:, :, :1, :1], torch.cat([weight, weight, weight], 3), b, padding=1)
    yield call(x[:, :, :3], torch.cat([weight, weight], 2), b, stride=3, padding=1)  # one row too many
    # In a batch of 0, too.
    yield call(x[:0, :2], weight, b)
    yield call(x[:0, :, :2], weight, b)
    yield call(x, weight, b)
    yield call(x[:, :, :1, :2], weight, b, padding=1)


def rows(*values):
    return torch.tensor(values, dtype=torch.float64)[None, None]


X, W = rows([0.0, 1, 2], [3, 4, 5], [6, 7, 8]), rows([1.0, 2], [3, 4])
BOTH = torch.cat([X, 10 + X], 1)
SMALL = [
    call(X, W), call(X, W, torch.tensor([10.0], dtype=torch.float64)), call(X, rows([1.0, 2])),
    call(X, rows([1.0], [2])), call(X, W, stride=2), call(X, W, padding=1), call(BOTH, torch.cat([W, 2 * W], 1)),
    call(X, torch.cat([W, -W], 0)), call(BOTH, torch.cat([torch.cat([W, 2 * W], 1), torch.cat([-W, W], 1)], 0)),
    call(X, rows([2.0])), call(X, W, stride=2, padding=1), call(X[:0], W),
    call(X, rows([1.0, 2, 3], [4, 5, 6], [7, 8, 9])), call(X.mT, turned(W)), call(torch.cat([X, -X]), W),
    call(X.clone().requires_grad_(), W.clone().requires_grad_()),
    call(X.clone().requires_grad_(), W.clone().requires_grad_(), torch.ones(1).double().requires_grad_()),
    *(call(*given) for given in one_asks([X, W, torch.zeros(1).double()])),
    call(X, W, padding=2), call(X, rows([2.0]), padding=1), call(rows([1.0, 2, 3]), rows([1.0]), stride=2),
    call(X, W, torch.tensor([0.5], dtype=torch.float64), 2, 1), call(X.to("meta"), W[:, :, :1].to("meta")),
]  # fmt: skip
BAD = [
    call(BOTH, W), call(torch.cat([BOTH, BOTH], 1), torch.cat([BOTH, BOTH])[..., :2, :2]),
    call(X, torch.cat([W, W], 1)), call(X[:, :, :1], W), call(X[..., :1], W),
    call(X[:, :, :1], rows([1.0], [2], [3], [4]), stride=2, padding=1), call(X, W), call(X[..., :1], W, padding=1),
    call(BOTH[:0], W), call(X[:0, :, :1], W),
]  # fmt: skip


@pytest.mark.points(3)
def test_plain(conv2d, agree):
    """every output channel at every place: the window times the kernel, summed over all channels, plus the bias"""
    agree(conv2d, **asked(plain, SMALL))


@pytest.mark.points(3)
def test_strides_and_zeros_around(conv2d, agree):
    """strides leave places out, padding adds zeros all around, sizes are rounded down"""
    agree(conv2d, **asked(strided, SMALL))


@pytest.mark.points(3)
def test_gradients(conv2d, agree):
    """gradients flow to x, weight and bias"""
    agree(conv2d, **asked(tracked, SMALL), gradients=True)


@pytest.mark.points(1)
def test_layouts(conv2d, agree):
    """tensors that are not contiguous, or on another device; no argument is changed, nor anything global"""
    agree(conv2d, **asked(layouts, SMALL), unchanged=True, alone=True)


@pytest.mark.points(2)
@pytest.mark.edge
def test_edges(conv2d, agree):
    """a kernel as large as the padded image, a stride larger than the image, an empty batch"""
    agree(conv2d, **asked(edges, SMALL))


@pytest.mark.points(2)
@pytest.mark.edge
def test_refusals(conv2d, agree):
    """channels that do not fit, a kernel larger than the padded image: ValueError"""
    agree(conv2d, **asked(refused, BAD), judge=judges.refusal)
