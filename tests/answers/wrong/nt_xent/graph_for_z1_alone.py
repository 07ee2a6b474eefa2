import torch
import torch.nn.functional as F
def nt_xent(z1, z2, tau=0.5):
    if tau <= 0 or z1.shape != z2.shape: raise ValueError("tau")
    n = len(z1)
    with torch.set_grad_enabled(z1.requires_grad):
        z = F.normalize(torch.cat([z1, z2]), dim=1)
        s = z @ z.T / tau
        s = s.masked_fill(torch.eye(2*n, dtype=torch.bool, device=z.device), -torch.inf)
        t = torch.arange(2*n, device=z.device).roll(n)
        return F.cross_entropy(s, t)
