"""Right ways to write nt_xent in other styles."""

import torch


def _unit(z1, z2, tau):
    if tau <= 0 or z1.shape != z2.shape:
        raise ValueError("temperature or shapes")
    return torch.nn.functional.normalize(torch.cat((z1, z2)), dim=1)


def nt_xent_by_loops(z1, z2, tau=0.5):
    z = _unit(z1, z2, tau)
    n, total = len(z1), 0
    for i in range(2 * n):
        others = torch.stack([z[i].dot(z[j]) / tau for j in range(2 * n) if j != i])
        total = total + others.logsumexp(0) - z[i].dot(z[(i + n) % (2 * n)]) / tau
    return total / (2 * n)


def nt_xent_by_removing(z1, z2, tau=0.5):
    """The diagonal is cut out of the matrix, not masked."""
    z = _unit(z1, z2, tau)
    n = len(z1)
    matrix = z @ z.T / tau
    others = matrix.flatten()[1:].view(2 * n - 1, 2 * n + 1)[:, :-1].reshape(2 * n, 2 * n - 1)
    target = torch.cat([torch.arange(n) + n - 1, torch.arange(n)])
    return torch.nn.functional.cross_entropy(others, target)


def nt_xent_by_blocks(z1, z2, tau=0.5):
    z = _unit(z1, z2, tau)
    a, b = z.chunk(2)
    hole = torch.diag(torch.full((len(a),), float("inf"), dtype=z.dtype))
    top = torch.cat([a @ b.T / tau, a @ a.T / tau - hole], dim=1)
    low = torch.cat([b @ a.T / tau, b @ b.T / tau - hole], dim=1)
    target = torch.arange(len(a))
    return sum(torch.nn.functional.cross_entropy(part, target) for part in (top, low)) / 2


def nt_xent_by_cosine_similarity(z1, z2, tau=0.5):
    _unit(z1, z2, tau)
    z = torch.cat([z1, z2])
    s = torch.nn.functional.cosine_similarity(z[:, None], z[None], dim=2) / tau
    keep = ~torch.eye(len(z), dtype=torch.bool)
    positive = torch.cat([torch.diagonal(s, len(z1)), torch.diagonal(s, -len(z1))])
    return (torch.where(keep, s, float("-inf")).logsumexp(1) - positive).mean()


def nt_xent_by_softmax(z1, z2, tau=0.5):
    z = _unit(z1, z2, tau)
    n = len(z1)
    s = (torch.einsum("id,jd->ij", z, z) / tau).fill_diagonal_(-torch.inf)
    log_p = s.log_softmax(dim=1)
    return -(log_p[range(n), range(n, 2 * n)].sum() + log_p[range(n, 2 * n), range(n)].sum()) / (2 * n)


def nt_xent_by_shifting(z1, z2, tau=0.5):
    """exp with each row's largest similarity taken out first."""
    z = _unit(z1, z2, tau)
    s = z @ z.mT / tau
    s = s - 1e30 * torch.eye(len(s), dtype=s.dtype)
    top = s.max(dim=1, keepdim=True).values.detach()
    denominator = torch.exp(s - top).sum(dim=1).log() + top[:, 0]
    positive = (z * z.roll(len(z1), 0)).sum(1) / tau
    return torch.mean(denominator - positive)
