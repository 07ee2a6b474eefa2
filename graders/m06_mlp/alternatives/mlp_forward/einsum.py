import torch


def mlp_forward(x, weights, biases, activation=torch.relu):
    depth = len(weights)
    if depth == 0 or depth != len(biases):
        raise ValueError("need the same number, at least one, of weights and biases")
    h = x
    for k in range(depth):
        if h.size(-1) != weights[k].size(-1):
            raise ValueError(f"weights[{k}] does not fit an input of width {h.size(-1)}")
        h = torch.einsum("...i,oi->...o", h, weights[k])
        if biases[k] is not None:
            h = h.add(biases[k])
        h = activation(h) if k + 1 < depth else h
    return h
