import torch


def mlp_forward(x, weights, biases, activation=torch.relu):
    """The textbook's W h + b, with samples as columns."""
    if len(weights) == 0:
        raise ValueError("no layer 0")
    if len(biases) != len(weights):
        raise ValueError("as many biases as weights, please")
    h = x.unsqueeze(-1)
    for k in range(len(weights)):
        W, b = weights[k], biases[k]
        if W.shape[1] != h.shape[-2]:
            raise ValueError(f"layer {k}: W is {tuple(W.shape)}, the input has {h.shape[-2]} features")
        h = torch.matmul(W, h)
        if b is not None:
            h = h + b.unsqueeze(-1)
        if k < len(weights) - 1:
            h = activation(h)
    return h.squeeze(-1)
