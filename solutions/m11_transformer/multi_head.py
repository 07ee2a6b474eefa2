"""Self-attention with several heads."""

import math

import torch


def multi_head(x, Wq, Wk, Wv, Wo, heads) -> torch.Tensor:
    """Return self-attention with several heads."""
    batch, length, width = x.shape
    if heads < 1 or width % heads:
        raise ValueError(f"{heads} heads do not share {width} columns")
    part = width // heads
    q, k, v = ((x @ W.T).reshape(batch, length, heads, part).transpose(1, 2) for W in (Wq, Wk, Wv))
    scores = q @ k.mT / math.sqrt(part)
    looked = torch.softmax(scores, dim=-1) @ v
    merged = looked.transpose(1, 2).reshape(batch, length, width)
    return merged @ Wo.T
