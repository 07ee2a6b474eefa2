import torch


def lstm_step(x, h, c, W, U, b):
    B, D = x.shape if x.dim() == 2 else (-1, -1)
    H = h.shape[-1]
    if x.dim() != 2 or h.shape != (B, H) or c.shape != (B, H) or W.shape != (4 * H, D) or U.shape != (4 * H, H) or b.shape != (4 * H,):
        raise ValueError("shapes do not fit")
    a = (x @ W.T + h @ U.T + b).reshape(B, 4, H).squeeze(-1)
    i, f, g, o = a.unbind(1)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), c
