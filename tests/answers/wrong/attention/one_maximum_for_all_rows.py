import math
import torch


def attention(q, k, v, mask=None):
    if q.shape[-1] != k.shape[-1]:
        raise ValueError("d of q and k differ")
    if k.shape[-2] != v.shape[-2]:
        raise ValueError("S of k and v differ")
    if mask is not None and mask.dtype != torch.bool:
        raise ValueError("mask is not bool")
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
    if mask is None:
        e = (scores - scores.max()).exp()
        return e / e.sum(-1, keepdim=True) @ v
    dead = ~mask.expand(scores.shape).any(dim=-1, keepdim=True)
    scores = scores.masked_fill(~mask, float("-inf")).masked_fill(dead, 0.0)
    weights = torch.softmax(scores, dim=-1).masked_fill(dead, 0.0)
    return weights @ v
