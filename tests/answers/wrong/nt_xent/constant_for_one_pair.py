import torch
import torch.nn.functional as F


def nt_xent(z1, z2, tau=0.5):
    if tau <= 0:
        raise ValueError("tau")
    if z1.shape != z2.shape:
        raise ValueError("shapes")
    n = len(z1)
    if n == 1:
        return torch.zeros((), dtype=z1.dtype)
    z = F.normalize(torch.cat([z1, z2]), dim=1)
    sim = z @ z.T / tau
    sim = sim.masked_fill(torch.eye(2 * n, dtype=torch.bool, device=z.device), float("-inf"))
    target = torch.arange(2 * n, device=z.device).roll(n)
    return F.cross_entropy(sim, target)
