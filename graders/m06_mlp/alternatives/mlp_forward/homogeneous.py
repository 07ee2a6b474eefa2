import torch
from torch.nn.functional import pad


def mlp_forward(x, weights, biases, activation=torch.relu):
    """The bias as one more column of W, for an input that ends in 1."""
    if len(weights) == 0 or len(weights) != len(biases):
        raise ValueError("no layers, or lists of different lengths")
    h = x
    for i, W in enumerate(weights):
        if W.shape[1] != h.shape[-1]:
            raise ValueError(f"layer {i}")
        b = W.new_zeros(W.shape[0]) if biases[i] is None else biases[i]
        h = pad(h, (0, 1), value=1.0) @ torch.cat((W, b[:, None]), dim=1).T
        if i < len(weights) - 1:
            h = activation(h)
    return h
