import torch
def attention(q, k, v, mask=None):
    d = q.shape[-1]
    if d != k.shape[-1] or k.shape[-2] != v.shape[-2]: raise ValueError("shape")
    if mask is not None and mask.dtype != torch.bool: raise ValueError("bool")
    with torch.set_grad_enabled(q.requires_grad):
        s = q @ k.mT / d**0.5
        if mask is not None:
            mask = mask.expand(s.shape)
            none = ~mask.any(-1, keepdim=True)
            s = s.masked_fill(~mask & ~none, -torch.inf)
            a = torch.softmax(s, -1).masked_fill(none, 0)
        else:
            a = torch.softmax(s, -1)
        return a @ v
