import torch


def lstm_step(x, h, c, W, U, b):
    batch, inputs = x.shape
    hidden = h.shape[1]
    if h.shape != (batch, hidden) or c.shape != (batch, hidden):
        raise ValueError("h and c must be (B, H)")
    if W.shape != (4 * hidden, inputs):
        raise ValueError("W must be (4H, D)")
    if U.shape != (4 * hidden, inputs):
        raise ValueError("U must be (4H, H)")
    if b.shape != (4 * hidden,):
        raise ValueError("b must be (4H,)")
    i, f, g, o = (x @ W.T + h @ U.T + b).chunk(4, dim=1)
    cell = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(cell), cell
