import torch
import torch.nn.functional as F


def nt_xent(z1, z2, tau=0.5):
    if z1.shape != z2.shape:
        raise ValueError("shapes differ")
    if not tau > 0:
        raise ValueError("tau")
    N = z1.shape[0]
    z = torch.cat([z1, z2])
    z = z / z.norm(dim=1, keepdim=True)
    sim = z @ z.T / tau
    sim = sim.masked_fill(torch.eye(2 * N, dtype=torch.bool, device=z.device), float("-inf"))
    i = torch.arange(N, device=z.device)
    t = torch.cat([i + N, i])
    return -sim.softmax(1).gather(1, t[:, None]).log().mean()
