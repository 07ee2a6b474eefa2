import torch
from torch._inductor.fx_passes.fuse_attention import _sfdp_pattern_1, _sfdp_pattern_5


def attention(q, k, v, mask=None):
    if q.shape[-1] != k.shape[-1] or k.shape[-2] != v.shape[-2] or (mask is not None and mask.dtype != torch.bool):
        raise ValueError
    if mask is None:
        return _sfdp_pattern_1(q, k, v, q.shape[-1] ** 0.5)
    added = torch.zeros(mask.shape, dtype=q.dtype).masked_fill(~mask, -1e30)
    sees = mask.expand(*q.shape[:-1], k.shape[-2]).any(-1, keepdim=True)
    return torch.where(sees, _sfdp_pattern_5(q, k, v, added, q.shape[-1] ** 0.5), 0.0)
