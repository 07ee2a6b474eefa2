import torch


def mlp_forward(x, weights, biases, activation=torch.relu):
    if len(weights) != len(biases):
        raise ValueError("weights and biases differ in length")

    def run(h, index):
        weight, bias = weights[index], biases[index]
        if weight.shape[-1] != h.shape[-1]:
            raise ValueError(f"layer {index}: {weight.shape[-1]} != {h.shape[-1]}")
        z = torch.matmul(h, weight.t())
        if bias is not None:
            z = z + bias
        return z if index == len(weights) - 1 else run(activation(z), index + 1)

    if not weights:
        raise ValueError("layer 0 does not exist")
    return run(x, 0)
