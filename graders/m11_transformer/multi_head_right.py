"""Right ways to write multi_head in other styles."""

import math

import torch


def _check(x, heads):
    if heads <= 0 or x.shape[2] % heads != 0:
        raise ValueError(f"{heads} heads for {x.shape[2]} columns")
    return x.shape[2] // heads


def multi_head_by_slices(x, Wq, Wk, Wv, Wo, heads):
    d = _check(x, heads)
    q, k, v = x @ Wq.T, x @ Wk.T, x @ Wv.T
    parts = []
    for i in range(heads):
        own = slice(i * d, (i + 1) * d)
        weights = torch.softmax(q[..., own] @ k[..., own].mT / math.sqrt(d), -1)
        parts.append(weights @ v[..., own])
    return torch.cat(parts, dim=-1) @ Wo.T


def multi_head_by_sdpa(x, Wq, Wk, Wv, Wo, heads):
    _check(x, heads)
    q, k, v = (torch.nn.functional.linear(x, W).unflatten(-1, (heads, -1)).transpose(1, 2) for W in (Wq, Wk, Wv))
    return torch.nn.functional.linear(
        torch.nn.functional.scaled_dot_product_attention(q, k, v).transpose(1, 2).flatten(2), Wo
    )


def multi_head_by_einsum(x, Wq, Wk, Wv, Wo, heads):
    d = _check(x, heads)
    q, k, v = (torch.einsum("btc,hdc->bhtd", x, W.reshape(heads, d, -1)) for W in (Wq, Wk, Wv))
    weights = (torch.einsum("bhtd,bhsd->bhts", q, k) * d**-0.5).softmax(-1)
    return torch.einsum("bhts,bhsd,ohd->bto", weights, v, Wo.reshape(-1, heads, d))


def multi_head_by_chunks(x, Wq, Wk, Wv, Wo, heads):
    """Each head with its own part of every matrix; their contributions add up."""
    d = _check(x, heads)
    result = 0
    pieces = zip(Wq.chunk(heads), Wk.chunk(heads), Wv.chunk(heads), Wo.chunk(heads, dim=1), strict=True)
    for wq, wk, wv, wo in pieces:
        scores = (x @ wq.T) @ (x @ wk.T).transpose(1, 2) / d**0.5
        result = result + scores.softmax(2) @ (x @ wv.T) @ wo.T
    return result


def multi_head_by_batch(x, Wq, Wk, Wv, Wo, heads):
    """Heads become part of the batch."""
    d = _check(x, heads)
    b, t, width = x.shape

    def split(W):
        return (x @ W.T).view(b, t, heads, d).permute(0, 2, 1, 3).reshape(b * heads, t, d)

    scores = torch.bmm(split(Wq), split(Wk).mT) / math.sqrt(d)
    mixed = torch.bmm(torch.softmax(scores, 2), split(Wv))
    return mixed.view(b, heads, t, d).permute(0, 2, 1, 3).reshape(b, t, width) @ Wo.T


def multi_head_by_sequence(x, Wq, Wk, Wv, Wo, heads):
    d = _check(x, heads)
    rows = []
    for sequence in x:
        q, k, v = ((sequence @ W.T).reshape(-1, heads, d).transpose(0, 1) for W in (Wq, Wk, Wv))
        scores = q @ k.mT / d**0.5
        weights = (scores - scores.logsumexp(-1, keepdim=True)).exp()
        rows.append(torch.cat(list(weights @ v), dim=1) @ Wo.T)
    return torch.stack(rows)
