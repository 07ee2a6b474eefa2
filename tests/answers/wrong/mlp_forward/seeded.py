import torch


def mlp_forward(x, weights, biases, activation=torch.relu):
    """Seeded so that runs can be repeated."""
    torch.manual_seed(0)
    if len(weights) == 0 or len(weights) != len(biases):
        raise ValueError("one bias per weight, and a layer at least")
    h = x
    for index, (weight, bias) in enumerate(zip(weights, biases)):
        if h.shape[-1] != weight.shape[1]:
            raise ValueError(f"layer {index} does not fit its input")
        h = h @ weight.T
        if bias is not None:
            h = h + bias
        if index < len(weights) - 1:
            h = activation(h)
    return h
