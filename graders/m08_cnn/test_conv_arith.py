"""Hidden checks of conv_arith."""

import itertools
import re

import pytest

from winnow.checks import call, judges, same
from winnow.checks.recipes import asked


def triple(call, got, want):
    """Three integers, as a tuple or a list."""
    return same(_in_a_tuple(got), _in_a_tuple(want))


def _in_a_tuple(seen):
    from dataclasses import replace

    value = seen.value
    if isinstance(value, tuple | list):
        value = tuple(int(one) if type(one).__name__.startswith(("int", "uint")) else one for one in value)
    return replace(seen, value=value)


def names_the_layer(call, got, want):
    """As a refusal, and the message has the index of the first layer that leaves nothing, and no other layer's."""
    problem = judges.refusal(call, got, want)
    if problem is None and want.raised is not None and got.raised is not None:
        size, _, layers = call.args
        index = int(re.findall(r"\d+", want.raised.text)[0])
        return judges.naming(got.raised.text, index, len(layers), [size, *itertools.chain(*layers)])
    return problem


def stacks(rng):
    """Convolutions of unlike kernels, strides, paddings and widths."""
    for depth in (1, 2, 3, 5):
        size = int(rng.integers(150, 260))
        widths, kernels = rng.integers(4, 30, depth), rng.integers(2, 6, depth)
        layers = [
            (int(w), int(k), 1 + (at + depth) % 3, int(rng.integers(0, 2)) + at % 2)
            for at, (w, k) in enumerate(zip(widths, kernels, strict=True))
        ]
        yield call(size, int(rng.integers(1, 5)), layers)
    yield call(int(rng.integers(5, 90)), int(rng.integers(1, 9)), [])


def pooled(rng):
    """Pooling layers between convolutions, first, last, and alone."""
    a, b, c = (int(one) for one in rng.integers(5, 40, 3))
    size = int(rng.integers(90, 130))
    yield call(size, 3, [(a, 3, 1, 1), (None, 2, 2, 0), (b, 5, 1, 2), (None, 3, 2, 1), (c, 3, 2, 0)])
    yield call(size, a, [(None, 3, 3, 1), (b, 3, 1, 0), (None, 2, 2, 0)])
    yield call(size, a, [(None, 2, 2, 0), (None, 2, 2, 0), (None, 3, 1, 1)])


def far(rng):
    """Large images, deep and wide stacks, kernels as large as the image, strides larger than the kernel."""
    size = int(rng.integers(30, 60))
    yield call(size, 1, [(2, size, 1, 0)])
    yield call(size, 2, [(3, size + 4, 5, 2)])
    yield call(10 * size, 3, [(4, 1, 4, 0), (5, 3, 3, 1), (None, 1, 2, 0), (6, 3, 1, 0), (7, 1, 1, 0)])
    yield call(4096, 3, [(64, 3, 1, 1)] * 20 + [(None, 2, 2, 0)] * 8 + [(512, 3, 1, 1)] * 6)
    yield call(1, 1, [(7, 1, 1, 0), (None, 3, 2, 1)])
    yield call(12, 1, [(2, 1, 4, 0)])
    # More parameters than floats can count one by one.
    yield call(1_000_001, 1000, [(999, 1_000_001, 1, 0)])


def refused(rng):
    """Stacks in which one layer leaves nothing; its index is no other number of the stack."""
    for index in (0, 3, 6, 11):
        size = 70 + int(rng.integers(0, 9))
        good = [(13, 5, 1, 2)] * index
        yield call(size, 2, [*good, (15, size + 1, 1, 0), (13, 5, 1, 2)])
        yield call(size, 2, [*good, (None, size + 20, 1, 0)])
        yield call(size, 2, [*good, (15, size + 1, 3, 0), (13, 5, 1, 2)])
        yield call(size, 2, [*good, (15, size, 1, 0), (13, 5, 1, 2)])
    # Padding makes an image of what was none, behind the layer that left nothing.
    yield call(size, 2, [(13, 5, 1, 2), (15, size + 1, 1, 0), (13, 5, 1, 30)])
    yield call(size, 2, [(13, 5, 1, 2), (15, size + 2, 1, 0), (13, 5, 1, 30)])
    yield call(size, 2, [(13, 30, 1, 0)] * 4)  # the third of equal layers


SMALL = [
    call(8, 1, []), call(8, 1, [(1, 3, 1, 0)]), call(8, 2, [(3, 3, 1, 0)]), call(8, 1, [(1, 3, 1, 1)]),
    call(8, 1, [(1, 3, 2, 0)]), call(8, 1, [(1, 3, 1, 0), (1, 3, 1, 0)]), call(9, 1, [(1, 3, 2, 1), (1, 3, 1, 1)]),
    call(9, 1, [(1, 3, 1, 1), (1, 3, 2, 1)]), call(8, 3, [(None, 2, 2, 0)]), call(9, 3, [(None, 3, 2, 1)]),
    call(8, 1, [(2, 1, 1, 0), (None, 2, 2, 0), (3, 1, 1, 0)]), call(8, 3, [(None, 2, 2, 0), (2, 1, 1, 0)]),
    call(9, 1, [(1, 3, 2, 0), (1, 3, 2, 0), (1, 3, 1, 0)]), call(8, 2, [(3, 1, 1, 0), (4, 1, 1, 0)]),
    call(9, 1, [(1, 5, 2, 2)]), call(4, 1, [(1, 1, 3, 0)]), call(3, 1, [(1, 3, 1, 1)] * 2),
    call(1, 200_000_001, [(200_000_001, 1, 1, 0)]),
]  # fmt: skip
BAD = [
    call(3, 1, [(1, 4, 1, 0)]), call(3, 1, [(1, 3, 1, 0), (1, 2, 1, 0)]),
    call(4, 1, [(1, 3, 1, 1), (1, 1, 1, 0), (1, 9, 1, 1)]), call(3, 1, [(None, 4, 2, 0)]), call(3, 1, [(1, 3, 1, 0)]),
    call(3, 1, [(1, 5, 1, 1)]), call(3, 1, [(4, 2, 1, 0)] * 3),
    call(3, 1, [(1, 3, 1, 0), (1, 1, 1, 0)]), call(3, 1, [(1, 9, 4, 0), (1, 1, 1, 0)]),
]  # fmt: skip


@pytest.mark.points(2.5)
def test_convolutions(conv_arith, agree):
    """size, parameters and receptive field of stacks of convolutions"""
    agree(conv_arith, **asked(stacks, SMALL), judge=triple)


@pytest.mark.points(1.5)
def test_pooling(conv_arith, agree):
    """a pooling layer changes the size and the field, keeps the channels, and has no parameters"""
    agree(conv_arith, **asked(pooled, SMALL), judge=triple)


@pytest.mark.points(1)
def test_extremes(conv_arith, agree):
    """kernels as large as the image, large strides, many parameters; nothing given or global is changed"""
    why = "the receptive field may be larger than the image, and every layer's stride counts, that of a 1×1 kernel too"
    agree(conv_arith, **asked(far, SMALL), judge=judges.because(why, triple), unchanged=True, alone=True)


@pytest.mark.points(1)
@pytest.mark.edge
def test_any_nothing_left(conv_arith, agree):
    """a size below 1 is a ValueError, one of 1 is none"""
    agree(conv_arith, **asked(refused, BAD), judge=judges.refusal)


@pytest.mark.points(1)
@pytest.mark.edge
def test_the_layer_is_named(conv_arith, agree):
    """the message has the index of the layer, counted from 0, and of no other"""
    agree(conv_arith, **asked(refused, BAD), judge=names_the_layer)
