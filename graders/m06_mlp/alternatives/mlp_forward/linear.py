import torch
import torch.nn.functional as F


def mlp_forward(x, weights, biases, activation=torch.relu):
    if not weights:
        raise ValueError("no layers")
    if len(weights) != len(biases):
        raise ValueError(f"{len(weights)} weights and {len(biases)} biases")
    last = len(weights) - 1
    for i, (w, b) in enumerate(zip(weights, biases, strict=True)):
        if w.shape[1] != x.shape[-1]:
            raise ValueError(f"layer {i} wants {w.shape[1]} features, gets {x.shape[-1]}")
        x = F.linear(x, w, b)
        if i != last:
            x = activation(x)
    return x
