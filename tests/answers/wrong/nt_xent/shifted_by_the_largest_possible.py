import torch, math
import torch.nn.functional as F


def nt_xent(z1, z2, tau=0.5):
    if z1.shape != z2.shape or tau <= 0:
        raise ValueError
    N = len(z1)
    z = F.normalize(torch.cat([z1, z2]))
    s = z @ z.T / tau - 1 / tau
    e = s.exp() * (1 - torch.eye(2 * N, dtype=s.dtype))
    pos = (z * z.roll(N, 0)).sum(1) / tau - 1 / tau
    return (e.sum(1).log() - pos).mean()
