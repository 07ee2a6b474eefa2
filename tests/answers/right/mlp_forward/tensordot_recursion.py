import torch
def mlp_forward(x, weights, biases, activation=torch.relu):
    weights, biases = list(weights), list(biases)
    if len(weights) != len(biases) or not weights: raise ValueError("lists: layer 0")
    widths = [x.shape[-1]] + [w.shape[0] for w in weights]
    for i, w in enumerate(weights):
        if w.shape[-1] != widths[i]: raise ValueError(f"layer {i}: {w.shape[-1]} != {widths[i]}")
    def go(h, i):
        z = torch.tensordot(h, weights[i], dims=([h.dim() - 1], [1]))
        z = z if biases[i] is None else torch.add(z, biases[i])
        return z if i == len(weights) - 1 else go(activation(z), i + 1)
    return go(x, 0)
