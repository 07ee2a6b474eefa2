import torch


def multi_head(x, Wq, Wk, Wv, Wo, heads) -> torch.Tensor:
    B, T, D = x.shape
    if heads < 1 or D % heads:
        raise ValueError("heads")
    d = D // heads
    outs = []
    for i in range(heads):
        s = slice(i * d, (i + 1) * d)
        xi = x[..., s]
        q, k, v = xi @ Wq[s, s].T, xi @ Wk[s, s].T, xi @ Wv[s, s].T
        a = (q @ k.transpose(-2, -1) / d ** 0.5).softmax(-1)
        outs.append(a @ v)
    return torch.cat(outs, -1) @ Wo.T
