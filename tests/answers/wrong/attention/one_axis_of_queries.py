import torch


def attention(q, k, v, mask=None):
    if q.shape[-1] != k.shape[-1] or k.shape[-2] != v.shape[-2]:
        raise ValueError(f"q {tuple(q.shape)}, k {tuple(k.shape)} and v {tuple(v.shape)} do not fit")
    scores = q @ k.mT / q.shape[-1] ** 0.5
    if mask is None:
        return torch.softmax(scores, dim=-1) @ v
    if mask.dtype != torch.bool:
        raise ValueError("the mask is not bool")
    if mask.ndim == 1 and len(mask) == q.shape[-2]:
        mask = mask[:, None]
    hidden = scores.masked_fill(~mask, float("-inf"))
    blind = ~mask.any(dim=-1, keepdim=True)
    weights = torch.softmax(hidden.masked_fill(blind, 0.0), dim=-1)
    return weights.masked_fill(blind, 0.0) @ v
