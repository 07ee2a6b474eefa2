import torch.nn.functional as F


def byol_step(q1, q2, t1, t2, xi, theta, m):
    if not 0 <= m <= 1:
        raise ValueError("m must be in [0, 1]")
    if len(xi) != len(theta) or any(a.shape != b.shape for a, b in zip(xi, theta)):
        raise ValueError("xi and theta do not fit")
    if not q1.shape == q2.shape == t1.shape == t2.shape:
        raise ValueError("views do not fit")
    loss = 4 - 2 * (F.cosine_similarity(q1, t2.detach()) + F.cosine_similarity(q2, t1.detach())).mean()
    return loss, ((m * a + (1 - m) * b).detach() for a, b in zip(xi, theta))
