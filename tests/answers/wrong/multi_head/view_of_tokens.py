import torch


def multi_head(x, Wq, Wk, Wv, Wo, heads):
    B, T, D = x.shape
    if heads < 1 or D % heads:
        raise ValueError("heads")
    rows = x.view(B * T, D)
    q, k, v = ((rows @ W.T).view(B, T, heads, D // heads).transpose(1, 2) for W in (Wq, Wk, Wv))
    weights = torch.softmax(q @ k.transpose(-1, -2) / (D // heads) ** 0.5, dim=-1)
    return (weights @ v).transpose(1, 2).reshape(B, T, D) @ Wo.T
