import torch


def attention(q, k, v, mask=None):
    if q.shape[-1] != k.shape[-1] or k.shape[-2] != v.shape[-2]:
        raise ValueError("shapes do not fit")
    lead, T, S = q.shape[:-2], q.shape[-2], k.shape[-2]
    q2, k2, v2 = q.view(-1, T, q.shape[-1]), k.view(-1, S, k.shape[-1]), v.view(-1, S, v.shape[-1])
    s = torch.bmm(q2, k2.transpose(1, 2)) / q.shape[-1] ** 0.5
    if mask is None:
        return torch.bmm(s.softmax(-1), v2).view(*lead, T, -1)
    if mask.dtype != torch.bool:
        raise ValueError("mask must be bool")
    m = mask.expand(*lead, T, S).reshape(-1, T, S)
    s = s.masked_fill(~m, torch.finfo(s.dtype).min)
    return torch.bmm(s.softmax(-1).masked_fill(~m, 0), v2).view(*lead, T, -1)
