import math
import torch

def attention(q, k, v, mask=None):
    if q.shape[-1] != k.shape[-1]:
        raise ValueError("d")
    if k.shape[-2] != v.shape[-2]:
        raise ValueError("S")
    if mask is not None and mask.dtype != torch.bool:
        raise ValueError("mask")
    s = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
    if mask is None:
        return torch.softmax(s, -1) @ v
    mask = mask.expand(s.shape)
    w = torch.softmax(s.masked_fill(~mask, -1e9), -1)
    return w @ v
