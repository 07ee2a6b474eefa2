import torch


def times(x, weight):
    return x @ (weight if weight.shape[0] == x.shape[1] else weight.T)


def lstm_step(x, h, c, W, U, b):
    B, D = x.shape
    H = h.shape[1]
    if h.shape != (B, H) or c.shape != (B, H) or W.shape != (4 * H, D) or U.shape != (4 * H, H) or b.shape != (4 * H,):
        raise ValueError("shapes")
    i, f, g, o = (times(x, W) + times(h, U) + b).chunk(4, dim=1)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), c
