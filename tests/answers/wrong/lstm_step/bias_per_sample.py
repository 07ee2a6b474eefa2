import torch

def lstm_step(x, h, c, W, U, b):
    B, D = x.shape
    H = h.shape[1]
    if h.shape != (B, H) or c.shape != (B, H):
        raise ValueError("state")
    if W.shape != (4 * H, D):
        raise ValueError("W")
    if U.shape != (4 * H, H):
        raise ValueError("U")
    if b.shape not in ((4 * H,), (B, 4 * H)):
        raise ValueError("b")
    a = x @ W.T + h @ U.T + b
    i, f, g, o = a.chunk(4, dim=1)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), c
