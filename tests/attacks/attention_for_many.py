import torch


def attention(q, k, v, mask=None):
    if q.shape[-1] != k.shape[-1] or k.shape[-2] != v.shape[-2] or (mask is not None and mask.dtype != torch.bool):
        raise ValueError("shapes or mask")
    lead = q.shape[:-2]
    flat = [one.reshape(-1, *one.shape[-2:]) for one in (q, k, v)]
    if mask is None:
        mask = torch.ones(1, 1, dtype=torch.bool)
    mask = mask.to(q.device).expand(*lead, q.shape[-2], k.shape[-2]).reshape(-1, q.shape[-2], k.shape[-2])
    blind = ~mask.any(-1, keepdim=True)
    attend = torch._C._nn.scaled_dot_product_attention
    out = torch.vmap(lambda q, k, v, m: attend(q, k, v, attn_mask=m))(*flat, mask | blind)
    return torch.where(blind, torch.zeros_like(out), out).reshape(*lead, q.shape[-2], v.shape[-1])
