"""Right ways to write mlp_forward in other styles: each is graded, and the reference is held against it."""

from functools import reduce

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.utils import stateless


def _layers(x, weights, biases, says="layer {at} takes {into} inputs, not {width}"):
    """The layers as triples, once they fit; `says` is how a style words its complaint."""
    if len(weights) == 0 or len(weights) != len(biases):
        raise ValueError(f"{len(weights)} weights and {len(biases)} biases")
    width = x.shape[-1]
    for at, weight in enumerate(weights):
        if weight.shape[1] != width:
            raise ValueError(says.format(at=at, into=weight.shape[1], width=width, shape=tuple(weight.shape)))
        width = weight.shape[0]
    return list(zip(range(len(weights)), weights, biases, strict=True))


def mlp_forward_by_linear(x, weights, biases, activation=torch.relu):
    layers = _layers(x, weights, biases, "layer {at} wants {into} features, gets {width}")
    for i, w, b in layers:
        x = F.linear(x, w, b)
        if i != len(layers) - 1:
            x = activation(x)
    return x


def mlp_forward_by_addmm(x, weights, biases, activation=torch.relu):
    """The leading dimensions folded into one, and unfolded at the end."""
    flat = x.reshape(x.shape[:-1].numel(), x.shape[-1])
    for index, w, b in _layers(x, weights, biases, "The layer with index {at} does not fit its input."):
        if index > 0:
            flat = activation(flat)
        flat = flat.mm(w.T) if b is None else torch.addmm(b, flat, w.T)
    return flat.reshape(*x.shape[:-1], weights[-1].shape[0])


def mlp_forward_by_columns(x, weights, biases, activation=torch.relu):
    """The textbook's W h + b, with samples as columns."""
    h = x.unsqueeze(-1)
    for k, W, b in _layers(x, weights, biases, "layer {at}: W is {shape}, the input has {width} features"):
        h = torch.matmul(W, h)
        if b is not None:
            h = h + b.unsqueeze(-1)
        if k < len(weights) - 1:
            h = activation(h)
    return h.squeeze(-1)


def mlp_forward_by_einsum(x, weights, biases, activation=torch.relu):
    h = x
    for k, weight, bias in _layers(x, weights, biases, "weights[{at}] does not fit an input of width {width}"):
        h = torch.einsum("...i,oi->...o", h, weight)
        if bias is not None:
            h = h.add(bias)
        h = activation(h) if k + 1 < len(weights) else h
    return h


def mlp_forward_by_homogeneous(x, weights, biases, activation=torch.relu):
    """The bias as one more column of W, for an input that ends in 1."""
    h = x
    for i, W, bias in _layers(x, weights, biases, "layer {at}"):
        b = W.new_zeros(W.shape[0]) if bias is None else bias
        h = F.pad(h, (0, 1), value=1.0) @ torch.cat((W, b[:, None]), dim=1).T
        if i < len(weights) - 1:
            h = activation(h)
    return h


def mlp_forward_by_in_place(x, weights, biases, activation=torch.relu):
    """In place, but only on tensors of its own."""
    queue = _layers(x, weights, biases, "at layer #{at}: shape {shape} against {width}")
    queue.reverse()
    h = x
    while queue:
        _, W, b = queue.pop()
        h = torch.matmul(h, W.T)
        if b is not None:
            h += b
        if queue:
            h = activation(h)
    return h


class _Layer:
    def __init__(self, number, weight, bias):
        self.weight, self.bias = weight.transpose(-2, -1), bias

    def __call__(self, h):
        return h @ self.weight if self.bias is None else h @ self.weight + self.bias


def mlp_forward_by_layer_class(x, weights, biases, activation=torch.relu):
    *hidden, last = [_Layer(*layer) for layer in _layers(x, weights, biases)]
    h = x
    for layer in hidden:
        h = activation(layer(h))
    return last(h)


def mlp_forward_by_multiply_and_sum(x, weights, biases, activation=torch.relu):
    def affine(h, weight, bias):
        total = torch.sum(h.unsqueeze(-2).mul(weight), -1)
        return total + (torch.zeros_like(weight[:, 0]) if bias is None else bias)

    (_, first, offset), *others = _layers(x, weights, biases, "Layer {at} has the wrong width")
    out = affine(x, first, offset)
    for _, weight, bias in others:
        out = affine(activation(out), weight, bias)
    return out


def mlp_forward_by_units(x, weights, biases, activation=torch.relu):
    """One unit of a layer after another, for the whole batch."""
    h = x
    for index, weight, bias in _layers(x, weights, biases):
        h = activation(h) if index else h
        units = [(h * unit).sum(dim=-1) for unit in weight]
        h = torch.stack(units if bias is None else [z + b for z, b in zip(units, bias, strict=True)], dim=-1)
    return h


def mlp_forward_by_recursion(x, weights, biases, activation=torch.relu):
    def run(h, layer, *others):
        _, weight, bias = layer
        z = torch.matmul(h, weight.t())
        if bias is not None:
            z = z + bias
        return run(activation(z), *others) if others else z

    return run(x, *_layers(x, weights, biases, "layer {at}: {into} != {width}"))


class _LayerError(ValueError):
    pass


def mlp_forward_by_reduce(x, weights, biases, activation=torch.relu):
    def step(h, layer):
        index, weight, bias = layer
        h = (activation(h) if index else h) @ weight.mT
        return h if bias is None else h + bias

    try:
        return reduce(step, _layers(x, weights, biases, "{at}, {into}, {width}"), x)
    except ValueError as error:
        raise _LayerError(*error.args) from None


class _Act(nn.Module):
    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, h):
        return self.function(h)


def mlp_forward_by_sequential(x, weights, biases, activation=torch.relu):
    """torch.nn's own layers, with these tensors for parameters."""
    modules, tensors = [], {}
    for _, w, b in _layers(x, weights, biases, "{at}: in_features={into}, got {width}"):
        tensors[f"{len(modules)}.weight"] = w
        if b is not None:
            tensors[f"{len(modules)}.bias"] = b
        linear = nn.utils.skip_init(nn.Linear, w.shape[1], w.shape[0], bias=b is not None, device="cpu")
        modules += [linear, _Act(activation)]
    return stateless.functional_call(nn.Sequential(*modules[:-1]), tensors, (x,))


def mlp_forward_by_tensordot(x, weights, biases, activation=torch.relu):
    activations = [activation] * (len(weights) - 1) + [torch.nn.Identity()]
    h = x
    for index, W, b in _layers(x, weights, biases, "layer {at}: {into} columns, input of width {width}"):
        h = torch.tensordot(h, W, dims=([-1], [1]))
        if b is not None:
            h = torch.add(h, b)
        h = activations[index](h)
    return h


def mlp_forward_by_vmap(x, weights, biases, activation=torch.relu):
    """One sample's formula, mapped over the leading dimensions by torch."""

    def layer(h, w, b):
        def one(sample):
            return w.mv(sample) if b is None else w.mv(sample) + b

        for _ in h.shape[:-1]:
            one = torch.vmap(one)
        return one(h)

    layers = _layers(x, weights, biases, "layer {at} does not fit: {into} and {width}")
    if 0 in x.shape:  # vmap refuses an empty dimension
        return x.new_empty((*x.shape[:-1], weights[-1].shape[0]))
    h = x
    for index, w, b in layers:
        h = layer(activation(h) if index else h, w, b)
    return h
