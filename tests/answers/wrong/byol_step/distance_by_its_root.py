import torch


def byol_step(q1, q2, t1, t2, xi, theta, m):
    if not 0 <= m <= 1:
        raise ValueError("m")
    if len({q1.shape, q2.shape, t1.shape, t2.shape}) != 1:
        raise ValueError("views")
    if len(xi) != len(theta) or any(a.shape != b.shape for a, b in zip(xi, theta)):
        raise ValueError("parameters")

    def unit(z):
        return z / z.norm(dim=1, keepdim=True)

    def distance(q, t):
        return torch.sqrt(((unit(q) - unit(t.detach())) ** 2).sum(1))

    loss = (distance(q1, t2) ** 2 + distance(q2, t1) ** 2).mean()
    return loss, [(m * a + (1 - m) * b).detach() for a, b in zip(xi, theta)]
