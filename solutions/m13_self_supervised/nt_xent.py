"""SimCLR's loss: find your other view among all others."""

import math

import torch


def nt_xent(z1, z2, tau=0.5) -> torch.Tensor:
    """Return SimCLR's loss, the normalised temperature-scaled cross-entropy."""
    if not tau > 0:
        raise ValueError(f"the temperature is above 0, not {tau}")
    if z1.shape != z2.shape:
        raise ValueError(f"z1 has shape {tuple(z1.shape)} and z2 {tuple(z2.shape)}")
    size = len(z1)
    z = torch.cat([z1, z2])
    z = z / z.norm(dim=1, keepdim=True)
    similarities = z @ z.T / tau
    itself = torch.eye(2 * size, dtype=torch.bool, device=z.device)
    similarities = similarities.masked_fill(itself, -math.inf)
    partner = torch.arange(2 * size, device=z.device).roll(size)
    return torch.nn.functional.cross_entropy(similarities, partner)
