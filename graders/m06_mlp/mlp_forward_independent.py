"""Other definitions of mlp_forward, which the reference is held against."""

import math
import operator

import numpy as np
import torch
from torch import nn


def _consistent(x, weights, biases):
    """Whether these lists make up a network for x."""
    if not len(weights) == len(biases) > 0:
        return False
    into = [x.shape[-1], *(weight.shape[0] for weight in weights)]
    return all(weight.shape[1] == width for weight, width in zip(weights, into, strict=False))


class _Applied(nn.Module):
    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, h):
        return self.function(h)


def mlp_forward_by_sequential(x, weights, biases, activation=torch.relu):
    """torch.nn's own layers, with these tensors for parameters. Gradients included, errors not."""
    if not _consistent(x, weights, biases):
        return NotImplemented
    modules, state = [], {}
    for weight, bias in zip(weights, biases, strict=True):
        if modules:
            modules.append(_Applied(activation))
        state[f"{len(modules)}.weight"] = weight
        if bias is not None:
            state[f"{len(modules)}.bias"] = bias
        modules.append(nn.Linear(weight.shape[1], weight.shape[0], bias=bias is not None, device="meta"))
    return torch.func.functional_call(nn.Sequential(*modules), state, (x,))


def mlp_forward_by_loops(x, weights, biases, activation=torch.relu):
    """One unit of one sample at a time, in Python's floats. Values and errors, no gradients."""
    if x.device.type != "cpu" or any(t is not None and t.requires_grad for t in (x, *weights, *biases)):
        return NotImplemented
    if len(weights) == 0 or len(weights) != len(biases):
        raise ValueError("layer 0: every layer needs an entry in both lists")
    rows, width = x.reshape(x.shape[:-1].numel(), x.shape[-1]).tolist(), x.shape[-1]
    for index, (weight, bias) in enumerate(zip(weights, biases, strict=True)):
        units = weight.tolist()
        if any(len(unit) != width for unit in units):
            raise ValueError(f"layer {index}")
        offsets = [0.0] * len(units) if bias is None else bias.tolist()
        layer = list(zip(units, offsets, strict=True))
        rows = [[offset + math.fsum(map(operator.mul, unit, row)) for unit, offset in layer] for row in rows]
        width = len(units)
        if index < len(weights) - 1:
            hidden = torch.tensor(rows, dtype=torch.float64).reshape(len(rows), width)
            rows = activation(hidden).tolist()
    return torch.tensor(rows, dtype=x.dtype).reshape(*x.shape[:-1], width)


def mlp_forward_by_numpy(x, weights, biases, activation=torch.relu):
    """numpy's einsum on arrays. Values only."""
    if x.device.type != "cpu" or any(t is not None and t.requires_grad for t in (x, *weights, *biases)):
        return NotImplemented
    if not _consistent(x, weights, biases):
        return NotImplemented
    h = x.numpy()
    for index, (weight, bias) in enumerate(zip(weights, biases, strict=True)):
        h = np.einsum("...i,oi->...o", h, weight.numpy()) + (0 if bias is None else bias.numpy())
        if index < len(weights) - 1:
            h = activation(torch.from_numpy(h)).numpy()
    return torch.from_numpy(np.asarray(h, dtype=weights[0].numpy().dtype))
