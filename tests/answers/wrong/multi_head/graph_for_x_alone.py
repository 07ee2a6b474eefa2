import torch
def multi_head(x, Wq, Wk, Wv, Wo, heads):
    B, T, D = x.shape
    if heads < 1 or D % heads: raise ValueError("heads")
    with torch.set_grad_enabled(x.requires_grad):
        q, k, v = ((x @ w.T).reshape(B, T, heads, -1).transpose(1, 2) for w in (Wq, Wk, Wv))
        a = torch.softmax(q @ k.mT / (D // heads) ** 0.5, -1) @ v
        return a.transpose(1, 2).reshape(B, T, D) @ Wo.T
