"""Calls of mlp_forward that must be refused, beside calls that must not."""

from __future__ import annotations

import torch
from hypothesis import strategies as st
from mlp_inputs import Network

from winnow.checks import call, judges, same

# Widths and batches of 4 and more: no other number in a message passes for the index of a layer.
TWO = Network((5, 6, 4), lead=(7,))
THREE = Network((5, 4, 6, 7), lead=(8,))
FOUR = Network((4, 6, 5, 7, 6), lead=(9,))
# The 0 of the batch and the width of 1 are no index of a layer that does not fit.
EMPTY = Network((5, 6, 4, 7), lead=(0,))
NARROW = Network((1, 5, 4), lead=(7,))
SINGLE = Network((5, 6, 4), lead=())
# More layers than a message names that was written for all of them.
DEEP = Network((13, 14, 15) * 4 + (13,), lead=(16,))


def accepted(*widths):
    """Calls that nearly every function answers right: all positive and symmetric, without offset.

    The batch is as wide as the layers. With these beside it, a check of something else asks for no more than that.
    """
    for width in widths:
        network = Network((width, width, width), lead=(width,), offset=False)
        yield network.call(*_ones(network))


def misfits(rng):
    """Networks with one layer of the wrong width: the first, one in the middle, the last."""
    yield from accepted(4, 5)
    yield _misfit(TWO, 0, 7)
    yield _misfit(TWO, 1, 5)
    yield _misfit(THREE, 0, 4)
    yield _misfit(THREE, 1, 6)
    yield _misfit(THREE, 2, 8)
    yield _misfit(FOUR, 3, 5)
    for layer in (3, 7, 11):
        yield _misfit(DEEP, layer, 17)
    # A width of 1 is no exception: broadcasting would stretch it.
    yield _misfit(TWO, 0, 1)
    yield _misfit(THREE, 2, 1)
    yield _misfit(NARROW, 0, 6)
    # Nor is an x without a batch, or a batch of 0.
    yield _misfit(SINGLE, 1, 5)
    yield _misfit(EMPTY, 1, 5)
    yield _misfit(EMPTY, 2, 8)


def small_misfits():
    """The strategy of the same calls, as small as a readable message allows."""
    two, three = Network((2, 2, 2), lead=(), no_bias=(0, 1)), Network((2, 2, 2, 2), lead=(), no_bias=(0, 1, 2))
    empty = Network((2, 2, 2), lead=(0,), no_bias=(0, 1))
    wrong = [_misfit(two, 0, 3), _misfit(two, 1, 3), _misfit(two, 0, 1), _misfit(three, 1, 3), _misfit(empty, 0, 3)]
    return st.sampled_from([*wrong, *accepted(2), _misfit(DEEP, 7, 17)])


def names_the_layer(call, got, want):
    """Like `same`; where a width does not fit, the message must also hold the layer's index, and no other layer's."""
    problem = same(got, want)
    if problem is None and want.raised is not None:
        weights = call.args[1]
        return judges.naming(got.raised.text, _first_misfit(call.args[0], weights), len(weights))
    return problem


def incomplete(rng):
    """No layer, and lists of different lengths."""
    yield from accepted(4, 5)
    x, weights, biases = _ones(THREE)
    yield call(x, [], [])
    yield call(x, weights, biases[:2])
    yield call(x, weights[:2], biases)
    yield call(x, weights, [])
    yield call(x, [], biases)
    yield call(x, weights[:1], [None, None])


def small_incomplete():
    """The strategy of the same calls with few numbers."""
    network = Network((2, 2, 2), lead=())
    x, weights, biases = network.call(*_ones(network)).args
    calls = [call(x, [], []), call(x, weights, biases[:1]), call(x, weights[:1], biases), call(x, weights[:1], [])]
    return st.sampled_from([*calls, *accepted(2)])


def _ones(network):
    return network.filled([1.0] * network.numbers)


def _misfit(network, layer, width):
    """A call with `network` full of ones, whose `layer` takes inputs of `width`, which it does not get."""
    x, weights, biases = _ones(network)
    weights[layer] = torch.ones(weights[layer].shape[0], width, dtype=weights[layer].dtype)
    return network.call(x, weights, biases)


def _first_misfit(x, weights):
    width = x.shape[-1]
    for index, weight in enumerate(weights):
        if weight.shape[1] != width:
            return index
        width = weight.shape[0]
    raise AssertionError("every layer of this call fits")
