"""Hidden checks of residual_block."""

import pytest
import torch

from winnow.checks import call, judges
from winnow.checks.recipes import asked
from winnow.checks.tensors import one_asks, turned


def block(rng, image, units, project=False, dtype=torch.float64, tracked=False):
    """A batch of images and the weights of a block, with numbers of both signs everywhere."""
    channels = image[1]
    shapes = [image, (units, channels, 3, 3), (units, units, 3, 3)] + [(units, channels, 1, 1)] * project
    scales = [1.0, 0.4, 0.4, 0.8]
    drawn = [rng.normal(size=shape) * scale for shape, scale in zip(shapes, scales, strict=False)]
    return [torch.tensor(one, dtype=dtype).requires_grad_(tracked) for one in drawn]


def plain(rng):
    yield call(*block(rng, (2, 3, 4, 5), 3))
    yield call(*block(rng, (1, 2, 3, 3), 2), None)
    yield call(*block(rng, (1, 1, 6, 4), 1), project=None, stride=1)
    yield call(*block(rng, (2, 2, 4, 3), 2, dtype=torch.float32))


def projected(rng):
    yield call(*block(rng, (2, 3, 4, 5), 4, project=True))
    yield call(*block(rng, (2, 2, 5, 4), 3, project=True), 2)
    yield call(*block(rng, (1, 2, 7, 6), 2, project=True), stride=3)
    yield call(*block(rng, (1, 3, 4, 4), 3, project=True))
    *given, project = block(rng, (1, 2, 3, 3), 2, project=True)
    yield call(*given, 0 * project)


def tracked(rng):
    yield call(*block(rng, (2, 2, 4, 3), 2, tracked=True))
    yield call(*block(rng, (1, 2, 4, 5), 3, project=True, tracked=True), stride=2)
    yield from (call(*given) for given in one_asks(block(rng, (1, 2, 2, 2), 3, project=True)))


def edges(rng):
    """Images of one pixel, where a stride changes nothing; a block that adds nothing."""
    yield call(*block(rng, (2, 2, 1, 1), 2), stride=2)
    yield call(*block(rng, (1, 2, 1, 1), 3, project=True), stride=3)
    x, w1, w2 = block(rng, (2, 2, 3, 3), 2)
    yield call(x, w1, 0 * w2)
    yield call(x, 0 * w1, w2)


def layouts(rng):
    x, w1, w2, project = block(rng, (2, 3, 4, 5), 3, project=True)
    yield call(*(turned(one) for one in (x, w1, w2, project)))
    yield call(x.transpose(2, 3), w1, w2.transpose(0, 1).contiguous().transpose(0, 1))
    yield call(*(one.clone() for one in (x, w1, w2, project)), 2)
    yield call(*(one.clone() for one in (x, w1, w2)))
    yield call(*(one.float() for one in (x, w1, w2)))
    # The meta device holds no numbers: what leaves it fails, as it would on a GPU.
    yield call(*(one.to("meta") for one in (x, w1, w2, project)), 2)
    yield call(*(one.to("meta") for one in (x, w1, w2)))


def refused(rng):
    x, w1, w2, project = block(rng, (2, 2, 4, 5), 3, project=True)
    yield call(x, w1, w2)
    yield call(x, w1[:2], w2[:2, :2], None, 2)
    yield call(x, w1[:1], w2[:1, :1])
    yield call(x, w1[:, :1], w2, project)
    yield call(x, w1.flatten(2)[..., None], w2, project)
    yield call(x, w1[:, :, :1, :1], w2, project)
    # One channel, which the shortcut would stretch.
    yield call(x, w1, w2[:1], project)
    yield call(x, w1, w2[:, :2], project)
    yield call(x, w1, w2.flatten(2)[..., None], project)
    yield call(x, w1, w2, project[:1])
    yield call(x, w1, w2, project.transpose(0, 1))
    yield call(x, w1, w2, w1)
    # Kernels of which the results fit all the same.
    yield call(x[:, :, :3, :3], w1, w2, w1[:, :, :1], 3)
    yield call(x[..., :4], torch.cat([w1, w1[..., :1]], 3), w2, project, 2)
    yield call(x, w1, w2[:2])
    yield call(x[:, :1], w1, w2, project)
    # x could be stretched to the shape of F(x), or F(x) to that of x.
    yield call(*block(rng, (2, 1, 4, 4), 3))
    yield call(*block(rng, (1, 2, 2, 2), 2), stride=2)
    # F(x) has as many numbers as x, in another shape.
    yield call(*block(rng, (2, 1, 4, 4), 4), stride=2)
    yield call(x[:, :1], w1, w2, project[:, :1])
    yield call(x, w1, torch.cat([w2, w2[:, :1]], 1), project)
    # As many numbers as asked for, here and above, in another shape.
    yield call(x, w1, w2, project.flatten(1))
    yield call(x, w1, w2, project)
    yield call(x, w1[:2], w2[:2, :2])


def image(*rows):
    return torch.tensor(rows, dtype=torch.float64)[None, None]


def kernel(*places):
    """A 3×3 kernel with these numbers, row by row from the middle on, and 0 before."""
    weight = torch.zeros(9, dtype=torch.float64)
    weight[4 : 4 + len(places)] = torch.tensor(places, dtype=torch.float64)
    return weight.reshape(1, 1, 3, 3)


def pair(*rows):
    """Kernels (O, C, 3, 3) with these numbers in their middle, one row for each of O."""
    return torch.cat([torch.cat([kernel(number) for number in row], 1) for row in rows])


X = image([1.0, -2.0, 3.0])
SMALL = [
    call(X, kernel(1.0), kernel(0.0)), call(X, kernel(1.0), kernel(1.0)), call(X, kernel(1.0), kernel(-2.0)),
    call(X, kernel(-1.0), kernel(1.0)), call(-X, kernel(1.0), kernel(0.5)),
    call(X, kernel(1.0, 1.0), kernel(1.0, -1.0)),
    call(X, kernel(1.0), kernel(1.0), torch.full((1, 1, 1, 1), 2.0).double()),
    call(X, kernel(1.0), kernel(1.0), torch.full((1, 1, 1, 1), -2.0).double(), 2),
    call(X, kernel(-1.0), kernel(-1.0), torch.full((1, 1, 1, 1), 0.5).double(), 2),
    call(torch.cat([X, -X], 1), pair([1.0, 0.0], [2.0, 1.0]), pair([1.0, 1.0], [0.0, -1.0])),
    call(X.clone().requires_grad_(), kernel(1.0).requires_grad_(), kernel(1.0).requires_grad_()),
    call(X.mT, turned(kernel(1.0, 2.0)), turned(kernel(1.0))), call(X[..., :1], kernel(1.0), kernel(1.0), None, 2),
    call(2 * X, kernel(1.0, 0.5), kernel(-0.25)), call(*(one.to("meta") for one in (X, kernel(1.0), kernel(1.0)))),
    call(*(one.to("meta") for one in (X, kernel(1.0), kernel(1.0), torch.ones(1, 1, 1, 1).double()))),
    call(*(one.requires_grad_() for one in (X.clone(), kernel(1.0), kernel(1.0), torch.ones(1, 1, 1, 1).double())), 2),
    *(call(*given) for given in one_asks([X, kernel(1.0), kernel(1.0), torch.ones(1, 1, 1, 1).double()])),
]  # fmt: skip
WIDE = torch.cat([kernel(1.0), kernel(1.0)])
BAD = [
    call(X[..., :2], WIDE, torch.cat([WIDE, WIDE], 1), None, 2), call(X[..., :2], kernel(1.0), kernel(1.0), None, 2),
    call(X, WIDE, torch.cat([WIDE, WIDE], 1)), call(X, kernel(1.0), kernel(1.0), None, 2),
    call(X, torch.cat([kernel(1.0)] * 2, 1), kernel(1.0)), call(X, kernel(1.0), WIDE),
    call(X, kernel(1.0), torch.cat([kernel(1.0)] * 2, 1)), call(X, kernel(1.0)[:, :, :1, :1], kernel(1.0)),
    call(X, kernel(1.0), kernel(1.0)[:, :, 1:2, 1:2]),
    call(X, kernel(1.0), kernel(1.0), torch.ones(2, 1, 1, 1).double()),
    call(X, kernel(1.0), kernel(1.0), kernel(1.0)),
    call(X, kernel(1.0), kernel(1.0), torch.ones(1, 2, 1, 1).double()),
    call(torch.cat([X, X], 1), torch.cat([kernel(1.0)] * 2, 1), kernel(1.0)), call(X, kernel(1.0), kernel(1.0)),
    call(X, kernel(1.0), kernel(1.0), torch.ones(1, 1, 1, 1).double(), 2),
    call(X, kernel(1.0)[..., 1:2], kernel(1.0)), call(torch.cat([X] * 3, 2), *[kernel(1.0)] * 3, 3),
    call(X, WIDE, torch.cat([WIDE, WIDE], 1)[:1], torch.ones(2, 1, 1, 1).double()),
    call(X, WIDE, torch.cat([WIDE, WIDE], 1)[:1]),
    call(X[..., :2], torch.cat([kernel(1.0)] * 2, 3)[..., :4], kernel(1.0), torch.ones(1, 1, 1, 1).double(), 2),
    call(X, kernel(1.0), kernel(1.0), torch.ones(1, 1).double()),
    call(X, WIDE, torch.cat([WIDE, WIDE], 1), torch.ones(1, 2, 1, 1).double()),
    call(X, kernel(1.0).flatten(2)[..., None], kernel(1.0)), call(X, kernel(1.0), kernel(1.0).flatten(2)[..., None]),
]  # fmt: skip


@pytest.mark.points(2)
def test_plain_blocks(residual_block, agree):
    """relu of x plus what two convolutions make of it"""
    agree(residual_block, **asked(plain, SMALL))


@pytest.mark.points(1.5)
def test_projected_blocks(residual_block, agree):
    """the shortcut goes through the projection, with the same stride"""
    agree(residual_block, **asked(projected, SMALL))


@pytest.mark.points(1)
def test_gradients(residual_block, agree):
    """gradients flow to x and to all weights"""
    agree(residual_block, **asked(tracked, SMALL), gradients=True)


@pytest.mark.points(0.5)
def test_layouts(residual_block, agree):
    """tensors that are not contiguous, or on another device; no argument is changed, nor anything global"""
    agree(residual_block, **asked(layouts, SMALL), unchanged=True, alone=True)


@pytest.mark.points(0.5)
@pytest.mark.edge
def test_small_blocks(residual_block, agree):
    """images of one pixel, and blocks that add nothing"""
    agree(residual_block, **asked(edges, SMALL))


@pytest.mark.points(1.5)
@pytest.mark.edge
def test_refusals(residual_block, agree):
    """shapes that cannot be added without a projection, weights of other shapes: ValueError"""
    agree(residual_block, **asked(refused, BAD), judge=judges.refusal)
