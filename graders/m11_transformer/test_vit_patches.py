"""Hidden checks of vit_patches."""

import pytest
import torch

from winnow.checks import call, judges
from winnow.checks.recipes import asked

# Numbers change their place and nothing else.
EXACT = {"rtol": 0.0, "atol": 0.0}


def images(rng, *shape, dtype=torch.float32, tracked=False):
    """Images whose numbers are all different."""
    size = int(torch.tensor(shape).prod())
    return torch.tensor(rng.permutation(size) - size / 2, dtype=dtype).reshape(shape).requires_grad_(tracked)


def squares(rng):
    yield call(images(rng, 1, 1, 6, 6), 2)
    yield call(images(rng, 2, 3, 6, 6), 3)
    yield call(images(rng, 1, 2, 4, 4, dtype=torch.float64), 4)
    yield call(images(rng, 2, 5, 3, 3), 1)


def oblong(rng):
    yield call(images(rng, 1, 3, 4, 8), 2)
    yield call(images(rng, 2, 2, 9, 3), 3)
    yield call(images(rng, 1, 1, 2, 10), 2)


def tracked(rng):
    yield call(images(rng, 2, 3, 4, 6, dtype=torch.float64, tracked=True), 2)
    yield call(images(rng, 1, 2, 4, 4, tracked=True), 2)


def layouts(rng):
    yield call(images(rng, 2, 6, 4, 3).transpose(1, 3), 2)
    yield call(images(rng, 3, 2, 4, 4).flip(0)[:, :, ::2], 2)
    yield call(images(rng, 4, 4, 2, 1).permute(3, 2, 0, 1), 2)
    yield call(images(rng, 2, 1, 4, 4, dtype=torch.float64), 2)
    # The meta device holds no numbers: what leaves it fails, as it would on a GPU.
    yield call(images(rng, 2, 3, 4, 6).to("meta"), 2)


def refused(rng):
    x = images(rng, 1, 2, 4, 6)
    for patch in (0, -1, -2, 3, 4, 5, 6, 8, 24):
        yield call(x, patch)
    yield call(x.transpose(2, 3), 4)
    for patch in (3, 5, 8, 16):
        yield call(images(rng, 1, 2, 4, 4), patch)
    yield call(images(rng, 1, 2, 2, 8), 4)
    yield call(x, 2)
    yield call(x, 1)


def count(*shape):
    return torch.arange(float(torch.tensor(shape).prod())).reshape(shape)


SMALL = [
    call(count(1, 1, 4, 4), 2), call(count(1, 1, 2, 4), 2), call(count(1, 1, 4, 2), 2), call(count(1, 2, 2, 2), 2),
    call(count(1, 2, 2, 2), 1), call(count(2, 1, 2, 2), 2), call(count(1, 1, 2, 2), 1), call(count(1, 1, 2, 2), 2),
    call(count(1, 2, 2, 4), 2), call(count(2, 1, 2, 2).transpose(2, 3), 1),
    call(count(1, 1, 2, 2).requires_grad_(), 1), call(count(1, 1, 4, 4).to("meta"), 2), call(count(1, 5, 1, 1), 1),
]  # fmt: skip
BAD = [
    call(count(1, 1, 4, 6), 4), call(count(1, 1, 6, 4), 4), call(count(1, 1, 3, 3), 2), call(count(1, 1, 2, 2), 0),
    call(count(1, 1, 2, 2), -1), call(count(1, 1, 2, 2), 4), call(count(1, 1, 2, 2), 2), call(count(1, 1, 2, 2), 1),
    call(count(1, 1, 4, 4), -2),
]  # fmt: skip


@pytest.mark.points(2)
def test_square_images(vit_patches, agree):
    """tokens row by row over the image, their numbers channel by channel and row by row"""
    agree(vit_patches, **asked(squares, SMALL), **EXACT)


@pytest.mark.points(1.5)
def test_oblong_images(vit_patches, agree):
    """images that are wider than high, or higher than wide"""
    agree(vit_patches, **asked(oblong, SMALL), **EXACT)


@pytest.mark.points(1)
def test_gradients(vit_patches, agree):
    """gradients flow to x, each to its pixel"""
    agree(vit_patches, **asked(tracked, SMALL), gradients=True)


@pytest.mark.points(0.5)
def test_layouts(vit_patches, agree):
    """images that are not contiguous, or on another device; neither x nor anything global is changed"""
    agree(vit_patches, **asked(layouts, SMALL), unchanged=True, alone=True, **EXACT)


@pytest.mark.points(2)
@pytest.mark.edge
def test_refusals(vit_patches, agree):
    """a patch below 1, or not a divisor of height and of width: ValueError"""
    agree(vit_patches, **asked(refused, BAD), judge=judges.refusal)
