"""One step of an LSTM cell."""

import torch


def lstm_step(x, h, c, W, U, b) -> tuple:
    """Return the next hidden state and the next cell state of an LSTM cell."""
    batch, width = h.shape
    fitting = {"c": (c, (batch, width)), "x": (x, (batch, W.shape[1])), "W": (W, (4 * width, x.shape[1])),
               "U": (U, (4 * width, width)), "b": (b, (4 * width,))}  # fmt: skip
    for name, (tensor, shape) in fitting.items():
        if tensor.shape != shape:
            raise ValueError(f"{name} has shape {tuple(tensor.shape)}, not {shape}")
    a = x @ W.T + h @ U.T + b
    i, f, g, o = a.split(width, dim=1)
    i, f, o = torch.sigmoid(i), torch.sigmoid(f), torch.sigmoid(o)
    g = torch.tanh(g)
    next_c = f * c + i * g
    next_h = o * torch.tanh(next_c)
    return next_h, next_c
