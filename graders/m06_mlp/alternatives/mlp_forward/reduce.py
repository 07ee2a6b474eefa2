from functools import reduce

import torch


class LayerError(ValueError):
    pass


def mlp_forward(x, weights, biases, activation=torch.relu):
    try:
        layers = list(enumerate(zip(weights, biases, strict=True)))
    except ValueError:
        raise LayerError("weights and biases differ in length") from None
    if not layers:
        raise LayerError("no layers")

    def step(h, layer):
        index, (weight, bias) = layer
        if index:
            h = activation(h)
        if h.shape[-1] != weight.shape[1]:
            raise LayerError(index, weight.shape[1], h.shape[-1])
        h = h @ weight.mT
        return h if bias is None else h + bias

    return reduce(step, layers, x)
