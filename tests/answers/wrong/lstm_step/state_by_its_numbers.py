import torch


def lstm_step(x, h, c, W, U, b):
    B, D = x.shape
    H = h.shape[1]
    if h.shape != (B, H) or c.numel() != B * H or W.shape != (4 * H, D) or U.shape != (4 * H, H) or b.shape != (4 * H,):
        raise ValueError("shapes do not fit")
    i, f, g, o = (x @ W.T + h @ U.T + b).chunk(4, dim=1)
    c = torch.sigmoid(f) * c.reshape(B, H) + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), c
