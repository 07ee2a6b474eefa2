"""Networks to put to mlp_forward: their shapes are fixed by a check, their numbers drawn.

With all-positive numbers a missing activation, one on the logits and one on the input all give the right answer.
So numbers are drawn until inputs, hidden pre-activations and logits all have both signs.
"""

from __future__ import annotations

import itertools
import math
import random
from dataclasses import dataclass

import torch

from winnow.checks import call, named, recipes

MARGIN = 0.1


@dataclass(frozen=True)
class Network:
    """What a call looks like before its numbers are known."""

    widths: tuple[int, ...]  # d_0 ... d_L, so that there are len(widths) - 1 layers
    lead: tuple[int, ...] = (3,)  # the leading dimensions of x
    no_bias: tuple[int, ...] = ()  # the layers without a bias
    offset: bool = True  # False for biases of zero
    activation: str | None = None  # import path; None leaves the argument out
    dtype: torch.dtype = torch.float32
    device: str = "cpu"
    tracked: frozenset[str] = frozenset()  # of x, weights and biases, those that ask for a gradient
    transposed: bool = False  # x and the weights are transposed views, not contiguous in memory
    whole: bool = False  # whole numbers, whose sums are exact in any order, however many they are

    @property
    def shapes(self):
        """Shapes of x, of the weights and of the biases, as three lists."""
        pairs = list(itertools.pairwise(self.widths))
        return [(*self.lead, self.widths[0])], [(out, into) for into, out in pairs], [(out,) for _, out in pairs]

    @property
    def numbers(self):
        """How many numbers fill the network."""
        return sum(math.prod(shape) for group in self.shapes for shape in group)

    def filled(self, numbers):
        """The tensors x, weights and biases, with `numbers` in them, in float64."""
        values = iter(numbers)
        (x,), weights, biases = ([_tensor(values, shape) for shape in group] for group in self.shapes)
        if not self.offset:
            biases = [torch.zeros_like(bias) for bias in biases]
        return x, weights, [None if at in self.no_bias else bias for at, bias in enumerate(biases)]

    def ones(self):
        """The same, full of ones: all positive."""
        return self.filled([1.0] * self.numbers)

    def call(self, x, weights, biases):
        """The call of mlp_forward with these tensors."""
        weights = [self._sent(weight, "weights") for weight in weights]
        biases = [None if bias is None else self._sent(bias, "biases") for bias in biases]
        named_activation = {} if self.activation is None else {"activation": named(self.activation)}
        return call(self._sent(x, "x"), weights, biases, **named_activation)

    def misfit(self, layer, width):
        """A call, full of ones, whose `layer` takes inputs of `width`, which it does not get."""
        x, weights, biases = self.ones()
        weights[layer] = torch.ones(weights[layer].shape[0], width, dtype=torch.float64)
        return self.call(x, weights, biases)

    def drawn(self, rng):
        """A call whose numbers show every sign where a sign matters."""
        while True:
            signs = rng.choice([-1.0, 1.0], size=self.numbers)
            sizes = rng.integers(1, 3, size=self.numbers) if self.whole else rng.uniform(0.3, 1.3, self.numbers)
            tensors = self.filled(signs * sizes)
            if _telling(*tensors, self.activation):
                return self.call(*tensors)

    def _sent(self, tensor, name):
        tensor = tensor.to(self.dtype)
        if self.transposed and tensor.ndim > 1:
            tensor = tensor.mT.contiguous().mT
        return tensor.to(self.device).requires_grad_(name in self.tracked)


def asked(networks, small, accepted=()):
    """`on` and `small` of `agree`: calls of these networks, behind those of `accepted`."""

    def on(rng):
        yield from accepted
        yield from (network.drawn(rng) for network in networks)

    return recipes.asked(on, [call for network in small for call in _of_whole_numbers(network)])


def _of_whole_numbers(network):
    """The network full of ones, with every other one negative, and with more; not with 0, which shows little."""
    yield network.call(*network.ones())
    yield network.call(*network.filled(itertools.cycle([1.0, -1.0])))
    for seed in range(6):
        numbers = random.Random(seed).choices([1.0, -1.0, 2.0, -2.0], k=network.numbers)
        yield network.call(*network.filled(numbers))


def accepted(*widths):
    """Calls that nearly every function answers right: all positive and symmetric, without offset.

    The batch is as wide as the layers. With these beside it, a check of something else asks for no more than that.
    """
    networks = [Network((width, width, width), lead=(width,), offset=False) for width in widths]
    return [network.call(*network.ones()) for network in networks]


def _tensor(values, shape):
    taken = [next(values) for _ in range(math.prod(shape))]
    return torch.tensor(taken, dtype=torch.float64).reshape(shape)


def _telling(x, weights, biases, activation):
    """Whether inputs, pre-activations and logits have both signs (one negative number, where there is but one)."""
    place, _, name = (activation or "torch.relu").rpartition(".")
    function = getattr(torch.nn.functional if place.endswith("functional") else torch, name)
    seen, h = [x], x
    for at, (weight, bias) in enumerate(zip(weights, biases, strict=True)):
        h = torch.nn.functional.linear(function(h) if at > 0 else h, weight, bias)
        seen.append(h)
    return all(
        values.numel() == 0 or (values.min() < -MARGIN and (values.numel() == 1 or values.max() > MARGIN))
        for values in seen
    )
