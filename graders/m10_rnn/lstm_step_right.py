"""Right ways to write lstm_step in other styles."""

import torch


def _check(x, h, c, W, U, b):
    units = h.shape[1]
    fits = W.shape == (4 * units, x.shape[1]) and U.shape == (4 * units, units) and b.shape == (4 * units,)
    if not fits or c.shape != h.shape or len(x) != len(h):
        raise ValueError("shapes")


def lstm_step_by_slices(x, h, c, W, U, b):
    """All four gates in one product, then cut apart."""
    _check(x, h, c, W, U, b)
    n = h.shape[1]
    a = torch.nn.functional.linear(x, W) + torch.nn.functional.linear(h, U, b)
    i, f, o = a[:, :n].sigmoid(), a[:, n : 2 * n].sigmoid(), a[:, 3 * n :].sigmoid()
    c = f * c + i * a[:, 2 * n : 3 * n].tanh()
    return o * c.tanh(), c


def lstm_step_by_gates(x, h, c, W, U, b):
    _check(x, h, c, W, U, b)
    gates = {}
    for name, w, u, bias in zip("ifgo", W.chunk(4), U.chunk(4), b.chunk(4), strict=True):
        a = torch.einsum("bd,hd->bh", x, w) + torch.einsum("bk,hk->bh", h, u) + bias
        gates[name] = torch.tanh(a) if name == "g" else 1 / (1 + torch.exp(-a))
    new = gates["f"] * c + gates["i"] * gates["g"]
    return gates["o"] * torch.tanh(new), new


def lstm_step_by_one_matrix(x, h, c, W, U, b):
    _check(x, h, c, W, U, b)
    joined = torch.cat([x, h, torch.ones_like(h[:, :1])], dim=1)
    a = joined @ torch.cat([W, U, b[:, None]], dim=1).T
    i, f, g, o = a.reshape(len(x), 4, h.shape[1]).unbind(1)
    new = torch.addcmul(torch.sigmoid(f) * c, torch.sigmoid(i), torch.tanh(g))
    return [torch.sigmoid(o) * torch.tanh(new), new]


def lstm_step_by_tanh(x, h, c, W, U, b):
    """sigmoid(a) = (1 + tanh(a / 2)) / 2."""
    _check(x, h, c, W, U, b)
    a = torch.addmm(b, x, W.T).addmm(h, U.T)
    i, f, g, o = torch.split(a, h.shape[1], dim=1)
    i, f, o = ((1 + torch.tanh(one / 2)) / 2 for one in (i, f, o))
    new = f * c + i * torch.tanh(g)
    return o * torch.tanh(new), new


def lstm_step_by_columns(x, h, c, W, U, b):
    _check(x, h, c, W, U, b)
    a = (W @ x.T + U @ h.T + b[:, None]).unflatten(0, (4, -1))
    gate = torch.sigmoid(a)
    new = (gate[1] * c.T + gate[0] * torch.tanh(a[2])).T
    return gate[3].T * torch.tanh(new), new


def lstm_step_by_sample(x, h, c, W, U, b):
    _check(x, h, c, W, U, b)
    hs, cs = [h[:0]], [c[:0]]
    for one, state, memory in zip(x, h, c, strict=True):
        i, f, g, o = (W @ one + U @ state + b).view(4, -1)
        memory = f.sigmoid() * memory + i.sigmoid() * g.tanh()
        hs.append((o.sigmoid() * memory.tanh())[None])
        cs.append(memory[None])
    return torch.cat(hs), torch.cat(cs)
