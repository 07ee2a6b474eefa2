import torch
import torch.nn.functional as F


def byol_step(q1, q2, t1, t2, xi, theta, m):
    if not 0 <= m <= 1:
        raise ValueError("m")
    if q1.shape != t2.shape or q2.shape != t1.shape:
        raise ValueError("shapes of q and t")
    if len(xi) != len(theta):
        raise ValueError("lists")
    for a, b in zip(xi, theta):
        if a.shape != b.shape:
            raise ValueError("parameters")

    def cos(q, t):
        t = t.detach()
        return (q * t).sum(1) / (q.norm(dim=1) * t.norm(dim=1))

    loss = (2 - 2 * cos(q1, t2) + 2 - 2 * cos(q2, t1)).mean()
    with torch.no_grad():
        new = [m * a + (1 - m) * b for a, b in zip(xi, theta)]
    return loss, new
