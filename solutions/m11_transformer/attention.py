"""Scaled dot-product attention."""

import math

import torch


def attention(q, k, v, mask=None) -> torch.Tensor:
    """Return softmax(q kᵀ / √d) v: for every query, the mean of the values, weighted by how well the keys fit."""
    if q.shape[-1] != k.shape[-1]:
        raise ValueError(f"queries {tuple(q.shape)} and keys {tuple(k.shape)} differ in width")
    if k.shape[-2] != v.shape[-2]:
        raise ValueError(f"keys {tuple(k.shape)} and values {tuple(v.shape)} differ in number")
    if mask is not None and mask.dtype != torch.bool:
        raise ValueError(f"the mask is bool, not {mask.dtype}")
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
    if mask is None:
        return torch.softmax(scores, dim=-1) @ v
    # A row of -inf alone would be NaN: such a query gets equal weights, which are then taken away.
    blind = ~mask.any(dim=-1, keepdim=True)
    seen = torch.logical_or(mask, blind)
    weights = torch.softmax(scores.masked_fill(~seen, -math.inf), dim=-1)
    return weights.masked_fill(blind, 0.0) @ v
