import torch


def attention(q, k, v, mask=None):
    if q.shape[-1] != k.shape[-1] or k.shape[-2] != v.shape[-2]:
        raise ValueError("shapes do not fit")
    s = q @ k.transpose(-1, -2) / q.shape[-1] ** 0.5
    if mask is None:
        return s.softmax(-1) @ v
    if mask.dtype != torch.bool:
        raise ValueError("mask must be bool")
    if q.dim() == 4 and mask.dim() == 3:
        mask = mask.unsqueeze(1)        # the same for all heads
    s = s.masked_fill(~mask, torch.finfo(s.dtype).min)
    return s.softmax(-1).masked_fill(~mask, 0) @ v
