import torch
import torch.nn.functional as F


def byol_step(q1, q2, t1, t2, xi, theta, m):
    if not 0 <= m <= 1:
        raise ValueError("m")
    if q1.shape != t1.shape or q2.shape != t2.shape:
        raise ValueError("views")
    if len(xi) != len(theta) or any(a.shape != b.shape for a, b in zip(xi, theta)):
        raise ValueError("parameters")
    t1, t2 = t1.detach(), t2.detach()
    loss = (4 - 2 * F.cosine_similarity(q1, t2) - 2 * F.cosine_similarity(q2, t1)).mean()
    return loss, [(m * a + (1 - m) * b).detach() for a, b in zip(xi, theta)]
