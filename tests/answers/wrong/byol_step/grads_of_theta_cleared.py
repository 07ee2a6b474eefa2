import torch
import torch.nn.functional as F
def byol_step(q1, q2, t1, t2, xi, theta, m):
    if not 0 <= m <= 1 or len(xi) != len(theta) or any(a.shape != b.shape for a, b in zip(xi, theta)) or not (q1.shape == q2.shape == t1.shape == t2.shape): raise ValueError("m")
    loss = (4 - 2*F.cosine_similarity(q1, t2.detach()) - 2*F.cosine_similarity(q2, t1.detach())).mean()
    for p in theta: p.grad = None
    return loss, [(m*a + (1-m)*b).detach().clone() for a, b in zip(xi, theta)]
