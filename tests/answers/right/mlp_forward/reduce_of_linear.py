import functools, torch
import torch.nn.functional as F
def mlp_forward(x, weights, biases, activation=torch.relu):
    n = len(weights)
    if n == 0 or n != len(biases): raise ValueError("layer 0: no layers or lists of different lengths")
    def layer(h, item):
        i, (w, b) = item
        try:
            z = F.linear(h, w, b)
        except RuntimeError as e:
            raise ValueError(f"layer {i} does not fit: {e}") from e
        return activation(z) if i + 1 < n else z
    return functools.reduce(layer, enumerate(zip(weights, biases)), x)
