import torch
import torch.nn.functional as F


def nt_xent(z1, z2, tau=0.5):
    if z1.shape != z2.shape:
        raise ValueError("shapes differ")
    if not tau > 0:
        raise ValueError("tau")
    N = z1.shape[0]
    z = torch.cat([z1, z2])
    z = z / (z.pow(2).sum(1, keepdim=True) + 1e-12).sqrt()
    sim = z @ z.T / tau
    sim = sim.masked_fill(torch.eye(2 * N, dtype=torch.bool, device=z.device), float("-inf"))
    i = torch.arange(N, device=z.device)
    return F.cross_entropy(sim, torch.cat([i + N, i]))
