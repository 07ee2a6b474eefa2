import torch


def multi_head(x, Wq, Wk, Wv, Wo, heads) -> torch.Tensor:
    B, T, D = x.shape
    if heads < 1 or D % heads:
        raise ValueError("heads")
    d = D // heads
    q, k, v = [(x @ W.T).view(B, T, heads, d) for W in (Wq, Wk, Wv)]
    s = q @ k.transpose(-2, -1) / d ** 0.5
    y = (s.softmax(-1) @ v).reshape(B, T, D)
    return y @ Wo.T
