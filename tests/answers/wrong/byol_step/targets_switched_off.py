import torch
import torch.nn.functional as F
def byol_step(q1, q2, t1, t2, xi, theta, m):
    if not 0 <= m <= 1:
        raise ValueError("m")
    if not q1.shape == q2.shape == t1.shape == t2.shape:
        raise ValueError("shapes")
    if len(xi) != len(theta):
        raise ValueError("lists")
    for a, b in zip(xi, theta):
        if a.shape != b.shape:
            raise ValueError("parameter")
    t1.requires_grad_(False), t2.requires_grad_(False)
    def one(q, t):
        return 2 - 2 * F.cosine_similarity(q, t.detach(), dim=1)
    loss = (one(q1, t2) + one(q2, t1)).mean()
    with torch.no_grad():
        new = [m * a + (1 - m) * b for a, b in zip(xi, theta)]
    return loss, new
