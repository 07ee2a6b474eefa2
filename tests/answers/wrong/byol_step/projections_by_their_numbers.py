import torch.nn.functional as F


def byol_step(q1, q2, t1, t2, xi, theta, m):
    if not 0 <= m <= 1 or len(xi) != len(theta) or any(a.shape != b.shape for a, b in zip(xi, theta)):
        raise ValueError("m or lists")
    if not q1.numel() == q2.numel() == t1.numel() == t2.numel():
        raise ValueError("shapes")
    loss = 4 - 2 * F.cosine_similarity(q1, t2.detach().reshape(q1.shape)) - 2 * F.cosine_similarity(q2, t1.detach().reshape(q2.shape))
    new = [m * a.detach() + (1 - m) * b.detach() for a, b in zip(xi, theta)]
    return loss.mean(), new
