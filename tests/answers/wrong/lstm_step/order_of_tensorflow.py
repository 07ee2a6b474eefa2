import torch


def check(x, h, c, W, U, b):
    B, H = h.shape
    if c.shape != h.shape or x.shape[0] != B or W.shape != (4 * H, x.shape[1]) or U.shape != (4 * H, H) or b.shape != (4 * H,):
        raise ValueError("shapes")


def lstm_step(x, h, c, W, U, b) -> tuple:
    check(x, h, c, W, U, b)
    i, g, f, o = (x @ W.T + h @ U.T + b).chunk(4, dim=1)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), c
