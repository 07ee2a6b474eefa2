import torch
import torch.nn.functional as F


def byol_step(q1, q2, t1, t2, xi, theta, m):
    if m < 0 or m > 1 or not (q1.shape == q2.shape == t1.shape == t2.shape):
        raise ValueError("m, or shapes")
    if [p.shape for p in xi] != [p.shape for p in theta]:
        raise ValueError("parameters")
    for p in xi:
        p.requires_grad = False

    def regression(q, t):
        return 2 - 2 * F.cosine_similarity(q, t.detach(), dim=1)

    loss = (regression(q1, t2) + regression(q2, t1)).mean()
    return loss, [m * old + (1 - m) * new.detach() for old, new in zip(xi, theta)]
