"""Right ways to write byol_step in other styles."""

import torch


def _check(q1, q2, t1, t2, xi, theta, m):
    if m < 0 or m > 1 or len({tuple(one.shape) for one in (q1, q2, t1, t2)}) > 1:
        raise ValueError("m or rows")
    if [tuple(one.shape) for one in xi] != [tuple(one.shape) for one in theta]:
        raise ValueError("parameters")


def byol_step_by_cosine_similarity(q1, q2, t1, t2, xi, theta, m):
    """Both losses by the cosine alone."""
    _check(q1, q2, t1, t2, xi, theta, m)
    cosine = torch.nn.functional.cosine_similarity
    loss = 4 - 2 * (cosine(q1, t2.detach()) + cosine(q2, t1.detach())).mean()
    with torch.no_grad():
        return loss, [m * a + (1 - m) * b for a, b in zip(xi, theta, strict=True)]


def byol_step_by_squared_distance(q1, q2, t1, t2, xi, theta, m):
    """The squared distance of unit vectors, which is 2 - 2 cos."""
    _check(q1, q2, t1, t2, xi, theta, m)
    with torch.no_grad():
        t1, t2 = (one / one.norm(dim=1, keepdim=True) for one in (t1, t2))
    q1, q2 = (one / one.norm(dim=1, keepdim=True) for one in (q1, q2))
    loss = ((q1 - t2) ** 2).sum(1).mean() + ((q2 - t1) ** 2).sum(1).mean()
    return loss, tuple(b.data + m * (a.data - b.data) for a, b in zip(xi, theta, strict=True))


def byol_step_by_loops(q1, q2, t1, t2, xi, theta, m):
    _check(q1, q2, t1, t2, xi, theta, m)
    total = 0
    for q, t in ((q1, t2), (q2, t1)):
        for row, target in zip(q, t.detach(), strict=True):
            total = total + 2 - 2 * row.dot(target) / (row.norm() * target.norm())
    new = []
    for a, b in zip(xi, theta, strict=True):
        copy = a.detach().clone()
        copy *= m
        copy += (1 - m) * b.detach()
        new.append(copy)
    return total / len(q1), new


def byol_step_by_stacking(q1, q2, t1, t2, xi, theta, m):
    _check(q1, q2, t1, t2, xi, theta, m)
    q, t = torch.cat([q1, q2]), torch.cat([t2, t1]).detach()
    cosine = torch.einsum("nd,nd->n", q, t) / (q.square().sum(1) * t.square().sum(1)).sqrt()
    loss = 2 * (2 - 2 * cosine).mean()
    return loss, [torch.add(m * a.detach(), b.detach(), alpha=1 - m) for a, b in zip(xi, theta, strict=True)]


def byol_step_by_batched_products(q1, q2, t1, t2, xi, theta, m):
    _check(q1, q2, t1, t2, xi, theta, m)
    q, t = torch.stack([q1, q2], 1), torch.stack([t2, t1], 1).detach()
    lengths = torch.linalg.vector_norm(q, dim=2) * torch.linalg.vector_norm(t, dim=2)
    cosine = (q[:, :, None] @ t[..., None]).flatten(1) / lengths
    return 4 - 2 * cosine.sum(1).mean(), [
        (m * a + (1 - m) * b).detach().clone() for a, b in zip(xi, theta, strict=True)
    ]


def byol_step_by_class(q1, q2, t1, t2, xi, theta, m):
    class Target:
        def __init__(self, parameters):
            self.parameters = [one.detach().clone() for one in parameters]

        def follow(self, online):
            self.parameters = [
                one.mul(m).add(other.detach().mul(1 - m)) for one, other in zip(self.parameters, online, strict=True)
            ]
            return self.parameters

    _check(q1, q2, t1, t2, xi, theta, m)
    unit = torch.nn.functional.normalize
    distances = [2 - 2 * (unit(q) * unit(t.detach())).sum(-1) for q, t in ((q1, t2), (q2, t1))]
    return torch.stack(distances).sum(0).mean(), Target(xi).follow(theta)
