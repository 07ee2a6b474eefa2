import torch
def lstm_step(x, h, c, W, U, b):
    B, D = x.shape
    H = h.shape[1]
    if h.shape != (B, H) or c.shape != (B, H) or W.shape != (4*H, D) or U.shape != (4*H, H) or b.shape != (4*H,):
        raise ValueError("shape")
    with torch.set_grad_enabled(W.requires_grad):
        i, f, g, o = (x @ W.T + h @ U.T + b).chunk(4, 1)
        c2 = f.sigmoid() * c + i.sigmoid() * g.tanh()
        return o.sigmoid() * c2.tanh(), c2
