import torch
import torch.nn.functional as F


def byol_step(q1, q2, t1, t2, xi, theta, m):
    if not 0 <= m <= 1:
        raise ValueError("m")
    if q1.shape != q2.shape or t1.shape != t2.shape or q1.shape[1] != t1.shape[1] or len(q1) < len(t1):
        raise ValueError("views")
    if len(xi) != len(theta) or any(a.shape != b.shape for a, b in zip(xi, theta)):
        raise ValueError("parameters")
    q1, q2, t1, t2 = (F.normalize(z, dim=1) for z in (q1, q2, t1.detach(), t2.detach()))
    loss = (4 - 2 * (q1 * t2).sum(1) - 2 * (q2 * t1).sum(1)).mean()
    with torch.no_grad():
        return loss, [m * a + (1 - m) * b for a, b in zip(xi, theta)]
