import torch
import torch.nn.functional as F


def checked(q1, q2, t1, t2, xi, theta, m):
    if not 0 <= m <= 1 or len(xi) != len(theta) or any(a.shape != b.shape for a, b in zip(xi, theta)):
        raise ValueError("bad")
    if not q1.shape == q2.shape == t1.shape == t2.shape:
        raise ValueError("bad")


def byol_step(q1, q2, t1, t2, xi, theta, m):
    checked(q1, q2, t1, t2, xi, theta, m)

    def d(q, t):
        return F.mse_loss(F.normalize(q, dim=-1), F.normalize(t.detach(), dim=-1))

    with torch.no_grad():
        xi = [m * a + (1 - m) * b for a, b in zip(xi, theta)]
    return d(q1, t2) + d(q2, t1), xi
