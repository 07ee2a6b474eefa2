import torch


def attention(q, k, v, mask=None):
    if q.shape[-1] != k.shape[-1] or k.shape[-2] != v.shape[-2]:
        raise ValueError("shapes")
    attend = torch._C._nn.scaled_dot_product_attention
    if mask is None:
        return attend(q, k, v)
    if mask.dtype != torch.bool:
        raise ValueError("mask")
    seen = mask.expand(*q.shape[:-1], k.shape[-2]).any(-1, keepdim=True)
    return torch.where(seen, attend(q, k, v, attn_mask=mask | ~seen), torch.zeros((), dtype=q.dtype))
