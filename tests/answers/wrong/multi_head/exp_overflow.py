import torch


def multi_head(x, Wq, Wk, Wv, Wo, heads):
    B, T, D = x.shape
    if heads < 1 or D % heads:
        raise ValueError("heads")
    q, k, v = ((x @ w.T).reshape(B, T, heads, D // heads).transpose(1, 2) for w in (Wq, Wk, Wv))
    p = torch.exp(q @ k.transpose(-1, -2) / (D // heads) ** 0.5)
    a = p / p.sum(-1, keepdim=True)
    return (a @ v).transpose(1, 2).reshape(B, T, D) @ Wo.T
