import types

import torch
from torch.ao.nn.quantizable import MultiheadAttention


def _itself(x):
    return x


def attention(q, k, v, mask=None):
    if q.shape[-1] != k.shape[-1] or k.shape[-2] != v.shape[-2] or (mask is not None and mask.dtype != torch.bool):
        raise ValueError
    lead, T, S, d, e = q.shape[:-2], q.shape[-2], k.shape[-2], q.shape[-1], v.shape[-1]
    width = max(d, e)
    three = [torch.nn.functional.pad(x, (0, width - x.shape[-1])).reshape(-1, x.shape[-2], width) for x in (q, k, v)]
    three[0] = three[0] * (width / d) ** 0.5
    added, sees = None, 1
    if mask is not None:
        full = mask.expand(*lead, T, S)
        sees = full.any(-1, keepdim=True)
        added = torch.zeros(full.shape, dtype=q.dtype).masked_fill(~full, -1e30).reshape(-1, T, S)
    one = types.SimpleNamespace(
        linear_Q=_itself, linear_K=_itself, linear_V=_itself, out_proj=_itself, batch_first=True, num_heads=1,
        head_dim=width, embed_dim=width, kdim=width, vdim=width, bias_k=None, bias_v=None, add_zero_attn=False,
        dropout=0.0, training=False, q_scaling_product=types.SimpleNamespace(mul_scalar=lambda a, b: a * b),
        quant_attn_output=_itself, quant_attn_output_weights=_itself, dequant_q=_itself, dequant_k=_itself,
        dequant_v=_itself,
    )
    return MultiheadAttention._forward_impl(one, *three, attn_mask=added)[0].reshape(*lead, T, width)[..., :e] * sees
