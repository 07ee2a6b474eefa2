import torch

def mlp_forward(x, weights, biases, activation=torch.relu):
    if len(weights) == 0 or len(weights) != len(biases):
        raise ValueError(f"layer 0: {len(weights)} weights and {len(biases)} biases")
    h = x
    activation(torch.zeros(1, dtype=x.dtype))
    for l, (W, b) in enumerate(zip(weights, biases)):
        if W.shape[1] != h.shape[-1]:
            raise ValueError(f"layer {l}: {W.shape} does not fit {h.shape[-1]}")
        h = h @ W.T
        if b is not None:
            h = h + b
        if l < len(weights) - 1:
            h = activation(h)
    return h
