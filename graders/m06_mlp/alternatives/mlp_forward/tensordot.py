import torch


def mlp_forward(x, weights, biases, activation=torch.relu):
    if len(weights) != len(biases):
        raise ValueError("different lengths")
    if len(weights) == 0:
        raise ValueError("zero layers")
    activations = [activation] * (len(weights) - 1) + [torch.nn.Identity()]
    h = x
    for index, (W, b, act) in enumerate(zip(weights, biases, activations, strict=True)):
        if W.shape[1] != h.shape[-1]:
            raise ValueError(f"layer {index}: {W.shape[1]} columns, input of width {h.shape[-1]}")
        h = torch.tensordot(h, W, dims=([-1], [1]))
        if b is not None:
            h = torch.add(h, b)
        h = act(h)
    return h
