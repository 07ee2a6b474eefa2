import torch
import torch.nn.functional as F


def byol_step(q1, q2, t1, t2, xi, theta, m):
    if not 0 <= m <= 1:
        raise ValueError("m")
    if len(xi) != len(theta) or any(a.shape != b.shape for a, b in zip(xi, theta)):
        raise ValueError("lists")
    if not (q1.shape == q2.shape == t1.shape == t2.shape):
        raise ValueError("shapes")
    q1, q2, t1, t2 = (F.normalize(z.squeeze(), dim=-1) for z in (q1, q2, t1.detach(), t2.detach()))
    loss = 4 - 2 * (q1 * t2).sum(-1).mean() - 2 * (q2 * t1).sum(-1).mean()
    return loss, [(m * a + (1 - m) * b).detach() for a, b in zip(xi, theta)]
