import torch


def multi_head(x, Wq, Wk, Wv, Wo, heads):
    B, T, D = x.shape
    if heads < 1 or D % heads:
        raise ValueError("heads")
    d = D // heads
    together = torch.empty(B, T, D, dtype=x.dtype)
    for i in range(heads):
        at = slice(i * d, (i + 1) * d)
        q, k, v = x @ Wq[at].T, x @ Wk[at].T, x @ Wv[at].T
        together[:, :, at] = torch.softmax(q @ k.mT / d**0.5, dim=-1) @ v
    return together @ Wo.T
