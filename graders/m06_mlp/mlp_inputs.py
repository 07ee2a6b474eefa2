"""Networks to put to mlp_forward: their shapes are fixed by a check, their numbers drawn.

With all-positive numbers a missing activation, one on the logits and one on the input all give the right answer.
So numbers are drawn until inputs, hidden pre-activations and logits all have both signs.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, field

import torch

from winnow.checks import call, named

MARGIN = 0.1


@dataclass(frozen=True)
class Network:
    """What a call looks like before its numbers are known.

    Attributes:
        widths: d_0 ... d_L, so that there are len(widths) - 1 layers.
        lead: the leading dimensions of x.
        no_bias: the layers without a bias.
        offset: False for biases of zero.
        activation: import path; None leaves the argument out.
        dtype, device: of all tensors.
        tracked: of x, weights and biases, those that ask for a gradient.
        transposed: x and the weights are transposed views, not contiguous in memory.
        whole: whole numbers, whose sums are exact in any order, however many they are.
    """

    widths: tuple[int, ...]
    lead: tuple[int, ...] = (3,)
    no_bias: tuple[int, ...] = ()
    offset: bool = True
    activation: str | None = None
    dtype: torch.dtype = torch.float32
    device: str = "cpu"
    tracked: frozenset[str] = field(default_factory=frozenset)
    transposed: bool = False
    whole: bool = False

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

    def call(self, x, weights, biases):
        """The call of mlp_forward with these tensors."""
        arguments = (
            self._sent(x, "x"),
            [self._sent(weight, "weights") for weight in weights],
            [None if bias is None else self._sent(bias, "biases") for bias in biases],
        )
        if self.activation is None:
            return call(*arguments)
        return call(*arguments, activation=named(self.activation))

    def _sent(self, tensor, name):
        tensor = tensor.to(self.dtype)
        if self.transposed and tensor.ndim > 1:
            tensor = tensor.mT.contiguous().mT
        return tensor.to(self.device).requires_grad_(name in self.tracked)


def _tensor(values, shape):
    taken = [next(values) for _ in range(math.prod(shape))]
    return torch.tensor(taken, dtype=torch.float64).reshape(shape)


def drawn(rng, network):
    """A call of this shape whose numbers show every sign where a sign matters."""
    while True:
        signs = rng.choice([-1.0, 1.0], size=network.numbers)
        sizes = rng.integers(1, 3, size=network.numbers) if network.whole else rng.uniform(0.3, 1.3, network.numbers)
        tensors = network.filled(signs * sizes)
        if _telling(*tensors, network.activation):
            return network.call(*tensors)


def _telling(x, weights, biases, activation):
    """Whether inputs, pre-activations and logits have both signs (one negative number, where there is but one)."""
    seen, h = [x], x
    for at, (weight, bias) in enumerate(zip(weights, biases, strict=True)):
        if at > 0:
            h = _function(activation)(h)
        h = torch.nn.functional.linear(h, weight, bias)
        seen.append(h)
    return all(
        values.numel() == 0 or (values.min() < -MARGIN and (values.numel() == 1 or values.max() > MARGIN))
        for values in seen
    )


def _function(path):
    place, _, name = (path or "torch.relu").rpartition(".")
    return getattr(torch.nn.functional if place.endswith("functional") else torch, name)
