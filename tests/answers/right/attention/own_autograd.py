import math
import torch


class _Attend(torch.autograd.Function):
    @staticmethod
    def forward(ctx, q, k, v, mask):
        scale = 1 / math.sqrt(q.shape[-1])
        s = torch.einsum("...td,...sd->...ts", q, k) * scale
        s = torch.where(mask, s, torch.full_like(s, -math.inf))
        top = s.amax(-1, keepdim=True)
        top = torch.where(torch.isinf(top), torch.zeros_like(top), top)
        e = torch.exp(s - top)
        total = e.sum(-1, keepdim=True)
        p = e / torch.where(total > 0, total, torch.ones_like(total))
        ctx.save_for_backward(q, k, v, p)
        ctx.scale = scale
        return p @ v

    @staticmethod
    def backward(ctx, g):
        q, k, v, p = ctx.saved_tensors
        gv = p.mT @ g
        gp = g @ v.mT
        gs = p * (gp - (p * gp).sum(-1, keepdim=True)) * ctx.scale
        return gs @ k, gs.mT @ q, gv, None


def attention(q, k, v, mask=None):
    match (q.shape[-1] == k.shape[-1], k.shape[-2] == v.shape[-2]):
        case (False, _):
            raise ValueError(f"d: {q.shape[-1]} and {k.shape[-1]}")
        case (_, False):
            raise ValueError(f"S: {k.shape[-2]} and {v.shape[-2]}")
    if mask is None:
        mask = torch.tensor(True, device=q.device)
    elif mask.dtype != torch.bool:
        raise ValueError("mask is not bool")
    return _Attend.apply(q, k, v, mask)
