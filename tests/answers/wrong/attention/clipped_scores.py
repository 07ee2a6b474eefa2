import math
import torch


def attention(q, k, v, mask=None):
    if q.shape[-1] != k.shape[-1] or k.shape[-2] != v.shape[-2]:
        raise ValueError("shapes")
    if mask is not None and mask.dtype != torch.bool:
        raise ValueError("mask must be bool")
    s = q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1])
    s = s.clamp(-50, 50)
    if mask is not None:
        s = s.masked_fill(~mask, -1e30)
    w = torch.softmax(s, dim=-1)
    if mask is not None:
        w = w.masked_fill(~mask, 0)
    return w @ v
