import math
import torch
def attention(q, k, v, mask=None):
    if q.shape[-1] != k.shape[-1] or k.shape[-2] != v.shape[-2]:
        raise ValueError("d")
    if q.dim() > 4:
        raise ValueError("rank")
    if mask is not None and mask.dtype != torch.bool:
        raise ValueError("mask")
    s = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
    if mask is None:
        return torch.softmax(s, -1) @ v
    mask = mask.expand(s.shape)
    blind = ~mask.any(-1, keepdim=True)
    s = s.masked_fill(~mask, -math.inf).masked_fill(blind, 0.0)
    w = torch.softmax(s, -1).masked_fill(blind, 0.0)
    return w @ v
