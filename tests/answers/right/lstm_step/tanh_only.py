import torch


def _sigma(a):
    return (1 + torch.tanh(a / 2)) / 2


def lstm_step(x, h, c, W, U, b):
    """Sigmoids through tanh, one gate at a time."""
    if [t.dim() for t in (x, h, c, W, U, b)] != [2, 2, 2, 2, 2, 1]:
        raise ValueError("wrong number of axes")
    n = U.shape[1]
    fits = (
        h.shape == c.shape == (x.shape[0], n)
        and W.shape == (4 * n, x.shape[1])
        and U.shape[0] == 4 * n
        and b.shape == (4 * n,)
    )
    if not fits:
        raise ValueError("shapes do not fit")

    def gate(k, squash):
        rows = slice(k * n, k * n + n)
        return squash(x @ W[rows].T + h @ U[rows].T + b[rows])

    new = gate(1, _sigma) * c + gate(0, _sigma) * gate(2, torch.tanh)
    return gate(3, _sigma) * torch.tanh(new), new
