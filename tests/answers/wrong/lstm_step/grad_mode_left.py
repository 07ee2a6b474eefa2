import torch


def lstm_step(x, h, c, W, U, b):
    if x.ndim != 2 or h.ndim != 2 or c.ndim != 2 or W.ndim != 2 or U.ndim != 2:
        raise ValueError("x, h, c, W and U have two dimensions")
    B, D = x.shape
    H = h.shape[1]
    if h.shape[0] != B:
        raise ValueError("batch of x and h differ")
    if c.shape != h.shape:
        raise ValueError("h and c differ in shape")
    if W.shape != (4 * H, D):
        raise ValueError("W must be (4H, D)")
    if U.shape != (4 * H, H):
        raise ValueError("U must be (4H, H)")
    if b.shape != (4 * H,):
        raise ValueError("b must be (4H,)")
    torch.set_grad_enabled(True)
    a = x @ W.T + h @ U.T + b
    i, f, g, o = a.chunk(4, dim=1)
    i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
    c_new = f * c + i * g
    h_new = o * torch.tanh(c_new)
    return h_new, c_new
