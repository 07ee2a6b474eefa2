import math

import torch


def attention(q, k, v, mask=None):
    d = q.shape[-1]
    if k.shape[-1] != d:
        raise ValueError("q and k must have the same d")
    if k.shape[-2] != v.shape[-2]:
        raise ValueError("k and v must have the same S")
    if mask is not None and mask.dtype != torch.bool:
        raise ValueError("mask must be bool")
    scores = q @ k.transpose(-2, -1) / math.sqrt(d)
    if mask is None:
        return torch.softmax(scores, dim=-1) @ v
    scores = scores.masked_fill(~mask, -1e9)
    empty = ~mask.any(dim=-1, keepdim=True)
    scores = scores.masked_fill(empty, 0.0)
    weights = torch.softmax(scores, dim=-1)
    weights = weights.masked_fill(empty, 0.0)
    return weights @ v
