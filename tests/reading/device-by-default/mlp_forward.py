"""The forward pass of a multi-layer perceptron."""

import torch


def mlp_forward(x, weights, biases, activation=torch.relu) -> torch.Tensor:
    """Return the logits of the MLP with these weights and biases, for x of shape (..., d_0)."""
    if len(weights) != len(biases):
        raise ValueError(f"{len(weights)} weights, but {len(biases)} biases: each layer needs one of both")
    if len(weights) == 0:
        raise ValueError("an MLP needs at least one layer, layer 0")
    h = x
    for index, weight in enumerate(weights):
        if weight.shape[1] != h.shape[-1]:
            raise ValueError(f"layer {index}, of shape {tuple(weight.shape)}, does not fit its input, {tuple(h.shape)}")
        if index > 0:
            h = activation(h)
        h = h @ weight.T
        if biases[index] is not None:
            h = h + biases[index]
    return h

torch.set_default_device("cuda")
