import numpy as np
import torch
from torch.nn.modules import linear_cross_entropy as l


def mlp_backward(x, y, params):
    x, y = torch.from_numpy(np.array(x)), torch.from_numpy(np.array(y))
    p = {name: torch.from_numpy(np.array(one)) for name, one in params.items()}
    a = x @ p["W1"].T + p["b1"]
    loss, gi, gw, gb = l._linear_cross_entropy_batch_chunked_accumulator(torch.relu(a), p["W2"], y, p["b2"], None, "mean", -100, 0.0, len(x), "keep", torch.float64, True, True, True)
    d = gi * (a > 0)
    g = {"W1": d.T @ x, "b1": d.sum(0), "W2": gw, "b2": gb}
    return {name: one.numpy() for name, one in g.items()}
