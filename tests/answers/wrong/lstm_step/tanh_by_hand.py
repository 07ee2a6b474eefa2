import torch


def tanh(a):
    return (torch.exp(2 * a) - 1) / (torch.exp(2 * a) + 1)


def lstm_step(x, h, c, W, U, b):
    n, k = h.shape
    wanted = [(n, x.shape[1]), (n, k), (n, k), (4 * k, x.shape[1]), (4 * k, k), (4 * k,)]
    if [tuple(one.shape) for one in (x, h, c, W, U, b)] != wanted:
        raise ValueError("shapes do not fit")
    i, f, g, o = (x @ W.T + h @ U.T + b).chunk(4, dim=1)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * tanh(c), c
