"""Wrong ways to write mlp_forward, each with the sentence that its author needs to read."""

import torch
import torch.nn.functional as F
from torch import nn


def _fits(x, weights, biases):
    """Raise what the statement asks for."""
    _pairs_up(weights, biases)
    width = x.shape[-1]
    for index, weight in enumerate(weights):
        if weight.shape[1] != width:
            raise ValueError(f"layer {index} takes inputs of width {weight.shape[1]}, not {width}")
        width = weight.shape[0]


def _pairs_up(weights, biases):
    if len(weights) == 0:
        raise ValueError("layer 0 is missing")
    if len(weights) != len(biases):
        raise ValueError(f"{len(weights)} weights, {len(biases)} biases")


def _forward(x, weights, biases, activation):
    """The right answer of a network whose layers fit."""
    h = F.linear(x, weights[0], biases[0])
    for weight, bias in zip(weights[1:], biases[1:], strict=True):
        h = F.linear(activation(h), weight, bias)
    return h


def act_last(x, weights, biases, activation=torch.relu):
    """The last layer must stay linear: no activation after it."""
    _fits(x, weights, biases)
    return activation(_forward(x, weights, biases, activation))


def softmax_out(x, weights, biases, activation=torch.relu):
    """Return logits, not probabilities; cross-entropy applies log-softmax."""
    _fits(x, weights, biases)
    return torch.softmax(_forward(x, weights, biases, activation), dim=-1)


def layout(x, weights, biases, activation=torch.relu):
    """W is stored outputs x inputs: multiply by its transpose, W.T."""
    _pairs_up(weights, biases)
    h = x
    for index, (weight, bias) in enumerate(zip(weights, biases, strict=True)):
        if weight.shape[0] != h.shape[-1]:
            raise ValueError(f"layer {index} does not fit")
        h = h @ weight if bias is None else h @ weight + bias
        if index < len(weights) - 1:
            h = activation(h)
    return h


def untransposed(x, weights, biases, activation=torch.relu):
    """W is stored outputs x inputs, so `h @ W` does not fit: multiply by its transpose, `h @ W.T`."""
    _fits(x, weights, biases)
    return _forward(x, [weight.T for weight in weights], biases, activation)


def square_layout(x, weights, biases, activation=torch.relu):
    """Transpose W always, not only where the shapes demand it: a square W needs it too."""
    _fits(x, weights, biases)
    turned = [weight.T if weight.shape[0] == weight.shape[1] else weight for weight in weights]
    return _forward(x, turned, biases, activation)


def no_act(x, weights, biases, activation=torch.relu):
    """Without a nonlinearity the layers collapse into one: call the activation between them."""
    _fits(x, weights, biases)
    return _forward(x, weights, biases, lambda h: h)


def fixed_act(x, weights, biases, activation=torch.relu):
    """Use the activation that is given, not always relu."""
    _fits(x, weights, biases)
    return _forward(x, weights, biases, torch.relu)


def two_layers(x, weights, biases, activation=torch.relu):
    """Use every layer in the lists: there may be one, or more than two."""
    _fits(x, weights, biases)
    hidden = activation(F.linear(x, weights[0], biases[0]))
    return F.linear(hidden, weights[1], biases[1])


def bias_axis(x, weights, biases, activation=torch.relu):
    """Add one bias per unit, along the last axis, not one per sample."""
    _fits(x, weights, biases)
    h = x
    for index, (weight, bias) in enumerate(zip(weights, biases, strict=True)):
        h = h @ weight.T
        if bias is not None:
            h = h + bias[:, None]
        if index < len(weights) - 1:
            h = activation(h)
    return h


def no_bias(x, weights, biases, activation=torch.relu):
    """A bias may be None: look before you add it."""
    _fits(x, weights, biases)
    h = x
    for index, (weight, bias) in enumerate(zip(weights, biases, strict=True)):
        h = h @ weight.T + bias
        if index < len(weights) - 1:
            h = activation(h)
    return h


def bias_truth(x, weights, biases, activation=torch.relu):
    """`if b` asks whether a tensor is true, which only one number can be: ask `b is not None`."""
    _fits(x, weights, biases)
    h = x
    for index, (weight, bias) in enumerate(zip(weights, biases, strict=True)):
        h = h @ weight.T
        if bias:
            h = h + bias
        if index < len(weights) - 1:
            h = activation(h)
    return h


def dropped_bias(x, weights, biases, activation=torch.relu):
    """Add the bias of each layer, unless it is None."""
    _fits(x, weights, biases)
    return _forward(x, weights, [None] * len(weights), activation)


def bias_after_act(x, weights, biases, activation=torch.relu):
    """Add the bias before the activation, not after it."""
    _fits(x, weights, biases)
    h = x
    for index, (weight, bias) in enumerate(zip(weights, biases, strict=True)):
        h = h @ weight.T
        if index < len(weights) - 1:
            h = activation(h)
        if bias is not None:
            h = h + bias
    return h


def no_graph(x, weights, biases, activation=torch.relu):
    """detach, data, numpy and no_grad cut the path that gradients take to the weights."""
    _fits(x, weights, biases)
    with torch.no_grad():
        return _forward(x, weights, biases, activation)


def parameters(x, weights, biases, activation=torch.relu):
    """A new nn.Parameter is another tensor: no gradient reaches the weights that were given."""
    _fits(x, weights, biases)
    copied = [nn.Parameter(weight) for weight in weights]
    return _forward(x, copied, [None if bias is None else nn.Parameter(bias) for bias in biases], activation)


def detached_input(x, weights, biases, activation=torch.relu):
    """Use x as it is: a copy that is detached takes no gradient back to it."""
    _fits(x, weights, biases)
    return _forward(x.detach(), weights, biases, activation)


def mutate(x, weights, biases, activation=torch.relu):
    """You wrote into the caller's x: work on new tensors, and leave the input without activation."""
    _fits(x, weights, biases)
    with torch.no_grad():
        x.copy_(activation(x))
    return _forward(x, weights, biases, activation)


def input_act(x, weights, biases, activation=torch.relu):
    """The activation comes after a layer, never on the input x."""
    _fits(x, weights, biases)
    return _forward(activation(x), weights, biases, activation)


def one_layer_act(x, weights, biases, activation=torch.relu):
    """A single layer is the last one: no activation after it."""
    _fits(x, weights, biases)
    logits = _forward(x, weights, biases, activation)
    return activation(logits) if len(weights) == 1 else logits


def skipped_act(x, weights, biases, activation=torch.relu):
    """The activation is missing after the last hidden layer: it comes L-1 times."""
    _fits(x, weights, biases)
    h = x
    for index, (weight, bias) in enumerate(zip(weights, biases, strict=True)):
        h = F.linear(h, weight, bias)
        if index < len(weights) - 2:
            h = activation(h)
    return h


def batch_loop(x, weights, biases, activation=torch.relu):
    """One matrix product handles the whole batch: no loop over samples."""
    _fits(x, weights, biases)
    rows = [_forward(row, weights, biases, activation) for row in x.reshape(-1, x.shape[-1])]
    width = weights[-1].shape[0]
    return (torch.stack(rows) if rows else x.new_empty(0, width)).reshape(*x.shape[:-1], width)


def pop_lists(x, weights, biases, activation=torch.relu):
    """pop takes the layers out of the caller's lists: leave them as they are."""
    _fits(x, weights, biases)
    last, bias = weights.pop(), biases.pop()
    h = x
    for hidden, offset in zip(weights, biases, strict=True):
        h = activation(F.linear(h, hidden, offset))
    return F.linear(h, last, bias)


def fill_none(x, weights, biases, activation=torch.relu):
    """You replaced None in the caller's list of biases: build a new list instead."""
    _fits(x, weights, biases)
    for index, weight in enumerate(weights):
        if biases[index] is None:
            biases[index] = weight.new_zeros(weight.shape[0])
    return _forward(x, weights, biases, activation)


def turned_weights(x, weights, biases, activation=torch.relu):
    """You transposed the caller's weights in place: W.T is a view and changes nothing."""
    _fits(x, weights, biases)
    for index, weight in enumerate(weights):
        weights[index] = weight.T
    return _forward(x, [weight.T for weight in weights], biases, activation)


def empty_batch(x, weights, biases, activation=torch.relu):
    """An empty batch has logits too: 0 rows of width d_L, not x itself."""
    _fits(x, weights, biases)
    return x if x.numel() == 0 else _forward(x, weights, biases, activation)


def empty_refused(x, weights, biases, activation=torch.relu):
    """An empty batch is no error: it has 0 rows of logits."""
    _fits(x, weights, biases)
    if x.numel() == 0:
        raise ValueError("x is empty")
    return _forward(x, weights, biases, activation)


def flat_out(x, weights, biases, activation=torch.relu):
    """Give the result the leading dimensions of x again: they are (N, d_L) where x had more."""
    _fits(x, weights, biases)
    return _forward(x.reshape(x.shape[:-1].numel(), x.shape[-1]), weights, biases, activation)


def row_out(x, weights, biases, activation=torch.relu):
    """An x without a batch axis, (d_0,), has logits without one, (d_L,)."""
    _fits(x, weights, biases)
    return _forward(torch.atleast_2d(x), weights, biases, activation)


def rows_only(x, weights, biases, activation=torch.relu):
    """x may have any number of leading dimensions, none or several, not only one."""
    _fits(x, weights, biases)
    if x.ndim != 2:
        raise ValueError("x must be (batch, d_0)")
    return _forward(x, weights, biases, activation)


def view_flat(x, weights, biases, activation=torch.relu):
    """view needs contiguous memory, which a transposed x has not: use reshape, or @ as it is."""
    _fits(x, weights, biases)
    flat = _forward(x.view(x.shape[:-1].numel(), x.shape[-1]), weights, biases, activation)
    return flat.view(*x.shape[:-1], weights[-1].shape[0])


def squeezed(x, weights, biases, activation=torch.relu):
    """Keep axes of length 1: the result is (..., d_L), for one logit or one sample as well."""
    _fits(x, weights, biases)
    return _forward(x, weights, biases, activation).squeeze()


def single_precision(x, weights, biases, activation=torch.relu):
    """Do not convert to float32: the result has the dtype of the arguments."""
    _fits(x, weights, biases)
    offsets = [None if bias is None else bias.float() for bias in biases]
    return _forward(x.float(), [weight.float() for weight in weights], offsets, activation)


def rounded_through_float32(x, weights, biases, activation=torch.relu):
    """float64 in, float64 all the way: you computed in float32 and converted back."""
    return single_precision(x, weights, biases, activation).to(x.dtype)


def double_precision(x, weights, biases, activation=torch.relu):
    """Do not convert to float64: the result has the dtype of the arguments."""
    _fits(x, weights, biases)
    offsets = [None if bias is None else bias.double() for bias in biases]
    return _forward(x.double(), [weight.double() for weight in weights], offsets, activation)


def zeros_elsewhere(x, weights, biases, activation=torch.relu):
    """torch.zeros makes float32 on the CPU; zeros in a bias's place need dtype and device of x."""
    _fits(x, weights, biases)
    h = x
    for index, (weight, bias) in enumerate(zip(weights, biases, strict=True)):
        h = h @ weight.T + (torch.zeros(weight.shape[0]) if bias is None else bias)
        if index < len(weights) - 1:
            h = activation(h)
    return h


def leaves_device(x, weights, biases, activation=torch.relu):
    """Stay on the device of the arguments: .cpu() and .numpy() leave it."""
    _fits(x, weights, biases)
    if x.device.type == "cpu":
        return _forward(x, weights, biases, activation)
    offsets = [None if bias is None else bias.cpu() for bias in biases]
    return _forward(x.cpu(), [weight.cpu() for weight in weights], offsets, activation)


def no_width_check(x, weights, biases, activation=torch.relu):
    """Compare the widths yourself: torch's RuntimeError is no ValueError and names no layer."""
    _pairs_up(weights, biases)
    return _forward(x, weights, biases, activation)


def stretched_width(x, weights, biases, activation=torch.relu):
    """A width of 1 was stretched by broadcasting: compare the widths before you multiply."""
    _pairs_up(weights, biases)
    h = x
    for index, (weight, bias) in enumerate(zip(weights, biases, strict=True)):
        if weight.shape[1] != h.shape[-1] and 1 not in (weight.shape[1], h.shape[-1]):
            raise ValueError(f"layer {index} does not fit")
        h = (h.unsqueeze(-2) * weight).sum(dim=-1)
        if bias is not None:
            h = h + bias
        if index < len(weights) - 1:
            h = activation(h)
    return h


def from_one(x, weights, biases, activation=torch.relu):
    """Name the layer that does not fit by its index, and count from 0."""
    _pairs_up(weights, biases)
    width = x.shape[-1]
    for number, weight in enumerate(weights, start=1):
        if weight.shape[1] != width:
            raise ValueError(f"layer {number} does not fit")
        width = weight.shape[0]
    return _forward(x, weights, biases, activation)


def asserted(x, weights, biases, activation=torch.relu):
    """assert raises AssertionError, and vanishes under python -O: raise ValueError."""
    assert len(weights) > 0, "layer 0 is missing"
    assert len(weights) == len(biases), "the lists differ in length"
    width = x.shape[-1]
    for index, weight in enumerate(weights):
        assert weight.shape[1] == width, f"layer {index} does not fit"
        width = weight.shape[0]
    return _forward(x, weights, biases, activation)


def zip_short(x, weights, biases, activation=torch.relu):
    """zip stops at the shorter list without a word: compare the lengths first."""
    layers = list(zip(weights, biases))  # noqa: B905 - the mistake itself
    if not layers:
        raise ValueError("layer 0 is missing")
    _fits(x, [weight for weight, _ in layers], [bias for _, bias in layers])
    return _forward(x, [weight for weight, _ in layers], [bias for _, bias in layers], activation)


def no_layer(x, weights, biases, activation=torch.relu):
    """Empty lists are a ValueError: without a layer there are no logits, and x is not the answer."""
    if len(weights) == 0 and len(biases) == 0:
        return x
    _fits(x, weights, biases)
    return _forward(x, weights, biases, activation)


def index_error(x, weights, biases, activation=torch.relu):
    """Compare the lengths yourself: an IndexError is no ValueError, and a spare bias raises nothing."""
    used = [biases[index] for index in range(len(weights))]
    _ = weights[-1]
    _fits(x, weights, used)
    return _forward(x, weights, used, activation)
