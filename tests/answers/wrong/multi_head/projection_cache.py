import torch

_qkv = {}


def multi_head(x, Wq, Wk, Wv, Wo, heads):
    B, T, D = x.shape
    if heads < 1 or D % heads:
        raise ValueError("heads must divide D")
    needs_grad = Wq.requires_grad or Wk.requires_grad or Wv.requires_grad
    key = (id(Wq), id(Wk), id(Wv))
    if needs_grad:
        W = torch.cat([Wq, Wk, Wv])
    else:
        if key not in _qkv:
            # the tensors are kept so that an id is never used twice
            _qkv[key] = (torch.cat([Wq, Wk, Wv]), Wq, Wk, Wv)
        W = _qkv[key][0]
    q, k, v = (a.view(B, T, heads, D // heads).transpose(1, 2) for a in (x @ W.T).split(D, dim=-1))
    scores = q @ k.transpose(2, 3) / (D // heads) ** 0.5
    return (scores.softmax(-1) @ v).transpose(1, 2).reshape(B, T, D) @ Wo.T
