import torch


def lstm_step(x, h, c, W, U, b):
    B, D = x.shape
    H = h.shape[1]
    if h.shape != (B, H) or c.shape != (B, H) or W.shape != (4 * H, D) or U.shape != (4 * H, H) or b.shape != (4 * H,):
        raise ValueError("shapes do not fit")
    a = x @ W.T + h @ U.T + b
    i, f, g, o = a.chunk(4, dim=1)
    i, f, o = torch.sigmoid(i), torch.sigmoid(f), torch.sigmoid(o)
    g = torch.tanh(g)
    c2 = f * c + i * g
    c2 = c2.clamp(-10, 10)
    return o * torch.tanh(c2), c2
