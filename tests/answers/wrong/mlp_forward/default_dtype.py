import torch


def mlp_forward(x, weights, biases, activation=torch.relu):
    if len(weights) == 0:
        raise ValueError("no layer 0")
    if len(weights) != len(biases):
        raise ValueError(f"layer {min(len(weights), len(biases))} lacks its weight or bias entry")
    torch.set_default_dtype(x.dtype)
    h = x
    for l, (W, b) in enumerate(zip(weights, biases)):
        if h.shape[-1] != W.shape[1]:
            raise ValueError(f"layer {l}: input has width {h.shape[-1]}, weight wants {W.shape[1]}")
        h = h @ W.T
        if b is not None:
            h = h + b
        else:
            h = h + torch.zeros(W.shape[0], device=h.device)
        if l < len(weights) - 1:
            h = activation(h)
    return h
