"""BYOL: learn from your own slower self, without negatives."""

import torch
from torch.nn.functional import normalize


def byol_step(q1, q2, t1, t2, xi, theta, m) -> tuple[torch.Tensor, list[torch.Tensor]]:
    """Return BYOL's loss, and the target network's next parameters."""
    if not 0 <= m <= 1:
        raise ValueError(f"m lies in [0, 1], not at {m}")
    if not q1.shape == q2.shape == t1.shape == t2.shape:
        raise ValueError("predictions and projections differ in shape")
    if len(xi) != len(theta):
        raise ValueError(f"xi has {len(xi)} tensors and theta has {len(theta)}")
    pairs = [(old, theta[at]) for at, old in enumerate(xi)]
    for index, (old, new) in enumerate(pairs):
        if old.shape != new.shape:
            raise ValueError(f"parameter {index} is {tuple(old.shape)} in xi and {tuple(new.shape)} in theta")
    loss = (_distance(q1, t2) + _distance(q2, t1)).mean()
    return loss, [m * old.detach() + (1 - m) * new.detach() for old, new in pairs]


def _distance(q, t):
    cosine = (normalize(q, dim=1) * normalize(t.detach(), dim=1)).sum(dim=1)
    return 2 - 2 * cosine
