from __future__ import annotations

from dataclasses import dataclass

import torch


@dataclass
class Layer:
    weight: torch.Tensor
    bias: torch.Tensor | None

    def fits(self, h: torch.Tensor) -> bool:
        return self.weight.shape[1] == h.shape[-1]

    def __call__(self, h: torch.Tensor) -> torch.Tensor:
        out = h @ self.weight.transpose(-2, -1)
        return out + self.bias if self.bias is not None else out


class MLP:
    def __init__(self, weights, biases, activation):
        if not weights or len(weights) != len(biases):
            raise ValueError("give one weight and one bias (or None) per layer")
        self.layers = [Layer(*pair) for pair in zip(weights, biases, strict=True)]
        self.activation = activation

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        *hidden, last = self.layers
        h = x
        for number, layer in enumerate(hidden):
            self._check(layer, h, number)
            h = self.activation(layer(h))
        self._check(last, h, len(hidden))
        return last(h)

    @staticmethod
    def _check(layer, h, number):
        if not layer.fits(h):
            raise ValueError(f"layer {number} of the MLP takes {layer.weight.shape[1]} inputs, not {h.shape[-1]}")


def mlp_forward(x, weights, biases, activation=torch.relu):
    return MLP(weights, biases, activation)(x)
