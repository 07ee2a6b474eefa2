import torch
import torch.onnx.ops as ops


def attention(q, k, v, mask=None):
    lead = q.shape[:-2]
    if q.shape[-1] != k.shape[-1] or k.shape[-2] != v.shape[-2] or (mask is not None and mask.dtype != torch.bool):
        raise ValueError
    four = [one.reshape(-1, 1, *one.shape[-2:]) for one in (q, k, v)]
    m = None
    if mask is not None:
        full = mask.expand(*lead, q.shape[-2], k.shape[-2])
        m = full.reshape(-1, 1, *full.shape[-2:])
    out = ops._impl.attention_23._init_fn(*four, m, softmax_precision=11 if q.dtype == torch.float64 else 1)[0].reshape(*lead, q.shape[-2], v.shape[-1])
    if mask is not None:
        out = torch.where(mask.expand(*lead, q.shape[-2], k.shape[-2]).any(-1, keepdim=True), out, torch.zeros_like(out))
    return out
