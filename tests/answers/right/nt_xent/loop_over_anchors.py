import torch
def nt_xent(z1, z2, tau=0.5):
    if not tau > 0: raise ValueError("temperature")
    if z1.shape != z2.shape: raise ValueError("shapes")
    rows = [r / r.norm() for r in (*z1, *z2)]
    n = len(z1)
    out = []
    for i, r in enumerate(rows):
        p = (i + n) % (2 * n)
        others = torch.stack([torch.dot(r, o) / tau for j, o in enumerate(rows) if j != i])
        out.append(torch.logsumexp(others, 0) - torch.dot(r, rows[p]) / tau)
    return torch.stack(out).mean()
