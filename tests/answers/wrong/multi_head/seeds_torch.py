import torch


def multi_head(x, Wq, Wk, Wv, Wo, heads):
    torch.manual_seed(0)
    B, T, D = x.shape
    if heads < 1 or D % heads:
        raise ValueError("heads must divide the width")
    q, k, v = ((x @ W.T).reshape(B, T, heads, -1).transpose(1, 2) for W in (Wq, Wk, Wv))
    weights = torch.softmax(q @ k.mT / (D // heads) ** 0.5, dim=-1)
    return (weights @ v).transpose(1, 2).reshape(B, T, D) @ Wo.T
