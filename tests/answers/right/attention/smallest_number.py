import torch
def attention(q, k, v, mask=None):
    if q.size(-1) != k.size(-1): raise ValueError("widths")
    if k.size(-2) != v.size(-2): raise ValueError("numbers")
    if mask is not None and mask.dtype is not torch.bool: raise ValueError("bool")
    s = torch.einsum("...td,...sd->...ts", q, k) / q.new_tensor(q.size(-1)).sqrt()
    if mask is None: mask = torch.ones_like(s, dtype=torch.bool)
    s = torch.where(mask, s, torch.finfo(s.dtype).min)
    w = torch.where(mask, torch.softmax(s, -1), 0.0)
    return w @ v
