import torch


def affine(h, weight, bias):
    products = h.unsqueeze(-2).mul(weight)
    total = torch.sum(products, -1)
    if bias is None:
        bias = torch.zeros_like(weight[:, 0])
    return total + bias


def mlp_forward(x, weights, biases, activation=torch.relu):
    if len(weights) != len(biases) or not len(weights):
        raise ValueError("weights and biases: same length, at least one layer")
    expected = x.shape[-1]
    for k, weight in enumerate(weights):
        if weight.size(1) != expected:
            raise ValueError("Layer " + str(k) + " has the wrong width")
        expected = weight.size(0)
    out = affine(x, weights[0], biases[0])
    for k in range(1, len(weights)):
        out = affine(activation(out), weights[k], biases[k])
    return out
