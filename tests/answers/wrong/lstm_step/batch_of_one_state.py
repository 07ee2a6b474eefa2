import torch


def lstm_step(x, h, c, W, U, b):
    B, D = x.shape
    H = h.shape[1]
    if h.shape[0] not in (1, B):
        raise ValueError("h does not fit x")
    if c.shape != h.shape:
        raise ValueError("c does not fit h")
    if W.shape != (4 * H, D):
        raise ValueError("W does not fit x and h")
    if U.shape != (4 * H, H):
        raise ValueError("U does not fit h")
    if b.shape != (4 * H,):
        raise ValueError("b does not fit")
    a = x @ W.T + h @ U.T + b
    i, f, g, o = a.chunk(4, dim=1)
    i, f, o = torch.sigmoid(i), torch.sigmoid(f), torch.sigmoid(o)
    g = torch.tanh(g)
    c_new = f * c + i * g
    h_new = o * torch.tanh(c_new)
    return h_new, c_new
