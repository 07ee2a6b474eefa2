"""Right ways to write attention in other styles."""

import math

import torch


def _check(q, k, v, mask):
    if q.size(-1) != k.size(-1) or k.size(-2) != v.size(-2) or (mask is not None and mask.dtype is not torch.bool):
        raise ValueError("queries, keys, values or mask do not fit")


def attention_by_exp(q, k, v, mask=None):
    _check(q, k, v, mask)
    mask = torch.ones((), dtype=torch.bool) if mask is None else mask
    scores = torch.einsum("...td,...sd->...ts", q, k) / q.size(-1) ** 0.5
    top = scores.masked_fill(~mask, -1e300 if q.dtype == torch.float64 else -1e38).amax(-1, keepdim=True).detach()
    weights = torch.where(mask, (scores - top).masked_fill(~mask, 0.0).exp(), 0.0)
    total = weights.sum(-1, keepdim=True)
    return weights @ v / torch.where(total == 0, 1.0, total)


def attention_by_filling(q, k, v, mask=None):
    _check(q, k, v, mask)
    scores = (q / math.sqrt(q.shape[-1])) @ k.mT
    if mask is not None:
        scores = scores.masked_fill(~mask, torch.finfo(q.dtype).min)
    weights = scores.softmax(-1)
    return weights @ v if mask is None else (weights * mask.any(-1, keepdim=True)) @ v


def attention_by_logsumexp(q, k, v, mask=None):
    _check(q, k, v, mask)
    scores = torch.matmul(q, k.transpose(-1, -2)).div(math.sqrt(k.size(-1)))
    if mask is None:
        return (scores - scores.logsumexp(-1, keepdim=True)).exp() @ v
    seen = mask.expand(scores.shape)
    safe = torch.where(seen | ~seen.any(-1, keepdim=True), scores, torch.tensor(-math.inf, dtype=q.dtype))
    weights = (safe - safe.logsumexp(-1, keepdim=True)).exp()
    return torch.where(seen, weights, torch.zeros_like(weights)) @ v


def attention_by_columns(q, k, v, mask=None):
    """Transposed throughout: keys are rows, and the softmax runs down the columns."""
    _check(q, k, v, mask)
    scores = k @ q.mT * q.shape[-1] ** -0.5
    if mask is None:
        return (v.mT @ scores.softmax(-2)).mT
    turned = mask.expand(*scores.shape[:-2], scores.shape[-1], scores.shape[-2]).mT
    blind = ~turned.any(-2, keepdim=True)
    weights = scores.masked_fill(~(turned | blind), -math.inf).softmax(-2).masked_fill(blind, 0)
    return (v.mT @ weights).mT


def attention_by_query(q, k, v, mask=None):
    """One query at a time."""
    _check(q, k, v, mask)
    length = q.shape[-2]
    seen = torch.ones((*q.shape[:-1], k.shape[-2]), dtype=torch.bool)
    if mask is not None:
        seen = mask.expand(seen.shape)
    rows = []
    for t in range(length):
        scores = (q[..., t : t + 1, :] * k).sum(-1) / math.sqrt(q.shape[-1])
        looks = seen[..., t, :]
        some = looks.any(-1, keepdim=True)
        weights = torch.softmax(scores.masked_fill(some & ~looks, float("-inf")), -1) * some
        rows.append((weights[..., None] * v).sum(-2))
    return torch.stack(rows, dim=-2)


def attention_by_empty_key(q, k, v, mask=None):
    """One more key, with a value of 0, that only those may see who see nothing else."""
    _check(q, k, v, mask)
    scores = q @ k.mT / math.sqrt(q.shape[-1])
    if mask is None:
        mask = torch.ones(scores.shape, dtype=torch.bool)
    mask = mask.expand(scores.shape)
    blind = ~mask.any(-1, keepdim=True)
    wide = torch.cat(
        [scores.masked_fill(~mask, -math.inf), torch.zeros_like(scores[..., :1]).masked_fill(~blind, -math.inf)], -1
    )
    return torch.softmax(wide, -1)[..., :-1] @ v
