"""Right ways to write outlier_fit in other styles. Several lines may be best, so no two need be alike."""

from itertools import combinations

import numpy as np
import torch


def _check(x, y, loss):
    if loss not in {"mse", "mae", "huber"} or len(x) != len(y) or len(x) < 2 or np.ptp(x) == 0:
        raise ValueError("no line")


def _total(x, y, loss, w, b):
    r = np.abs(y - w * x - b)
    return {"mse": r * r, "mae": r, "huber": np.where(r <= 1, r * r / 2, r - 0.5)}[loss].mean()


def _golden(function, low, high, steps=110):
    """Where a convex function is least."""
    for _ in range(steps):
        a, b = low + 0.382 * (high - low), low + 0.618 * (high - low)
        if function(a) <= function(b):
            high = b
        else:
            low = a
    return (low + high) / 2


def _level(rest, loss):
    """The best level along one slope."""
    if loss == "mse":
        return rest.mean()
    if loss == "mae":
        return np.median(rest)
    cuts = np.sort(np.r_[rest - 1, rest + 1])
    return np.interp(0, np.array([np.clip(cut - rest, -1, 1).sum() for cut in cuts]), cuts)


def outlier_fit_by_golden_section(x, y, loss):
    _check(x, y, loss)
    centre, scale = x.mean(), np.abs(x - x.mean()).max()
    u = (x - centre) / scale
    bound = np.ptp(y) / np.diff(np.unique(u)).min() + 1
    w = _golden(lambda w: _total(u, y, loss, w, _level(y - w * u, loss)), -bound, bound)
    return float(w / scale), float(_level(y - w * u, loss) - w / scale * centre)


def outlier_fit_by_all_pairs(x, y, loss):
    """mse by a polynomial, mae by all pairs of points."""
    _check(x, y, loss)
    if loss == "mse":
        slope, level = np.polyfit(x - x.mean(), y, 1)
        return float(slope), float(level - slope * x.mean())
    lines = [((y[j] - y[i]) / (x[j] - x[i]), i) for i, j in combinations(range(len(x)), 2) if x[i] != x[j]]
    lines = [(w, y[i] - w * x[i]) for w, i in lines]
    if loss == "huber":
        return outlier_fit_by_derivative(x, y, loss)
    w, b = min(lines, key=lambda line: _total(x, y, "mae", *line))
    return float(w), float(b)


def outlier_fit_by_ternary_search(x, y, loss):
    """Thirds instead of the golden section, on slopes that narrow around the least."""
    _check(x, y, loss)
    u = x - x[0]

    def cost(w):
        return _total(u, y, loss, w, _level(y - w * u, loss))

    bound = np.ptp(y) / np.diff(np.unique(x)).min() + 1
    low, high = -bound, bound
    while high - low > 1e-10 * (1 + abs(low)):
        third = (high - low) / 3
        if cost(low + third) < cost(high - third):
            high -= third
        else:
            low += third
    w = (low + high) / 2
    return [float(w), float(_level(y - w * u, loss) - w * x[0])]


def outlier_fit_by_bisection_in_torch(x, y, loss):
    _check(x, y, loss)
    t, v = torch.tensor(x.copy()), torch.tensor(y.copy())
    u = t - t.mean()
    if loss == "mse":
        w = (u @ v / (u @ u)).item()
        return w, (v.mean() - w * t.mean()).item()
    i, j = torch.combinations(torch.arange(len(t))).T
    i, j = i[u[i] != u[j]], j[u[i] != u[j]]
    slopes = (v[j] - v[i]) / (u[j] - u[i])
    levels = v[i] - slopes * u[i]
    if loss == "mae":
        k = (v - slopes[:, None] * u - levels[:, None]).abs().mean(1).argmin()
        return slopes[k].item(), (levels[k] - slopes[k] * t.mean()).item()

    def zero(falling, low, high):
        for _ in range(64):
            middle = (low + high) / 2
            low, high = (middle, high) if falling(middle) > 0 else (low, middle)
        return (low + high) / 2

    def level(w):
        r = v - w * u
        return zero(lambda b: (r - b).clamp(-1, 1).sum().item(), r.min().item(), r.max().item())

    w = zero(
        lambda w: ((v - w * u - level(w)).clamp(-1, 1) @ u).item(), slopes.min().item() - 1, slopes.max().item() + 1
    )
    return w, level(w) - w * t.mean().item()


def outlier_fit_by_breakpoints(x, y, loss):
    """mae: along lines through one point the best slope is a weighted median; then through the point it meets."""
    _check(x, y, loss)
    if loss != "mae":
        return outlier_fit_by_golden_section(x, y, loss)
    best = None
    for i in range(len(x)):
        others = x != x[i]
        slopes, weights = (y[others] - y[i]) / (x[others] - x[i]), np.abs(x[others] - x[i])
        order = np.argsort(slopes)
        w = slopes[order][np.searchsorted(np.cumsum(weights[order]), weights.sum() / 2)]
        line = float(w), float(y[i] - w * x[i])
        if best is None or _total(x, y, loss, *line) < _total(x, y, loss, *best):
            best = line
    return best


def outlier_fit_by_derivative(x, y, loss):
    """Halving on the derivative of the loss with respect to the slope."""
    _check(x, y, loss)
    u = x - np.median(x)
    slope_of = {"mse": lambda r: 2 * r, "mae": np.sign, "huber": lambda r: np.clip(r, -1, 1)}[loss]
    low, high = (sign * (np.ptp(y) / np.diff(np.unique(x)).min() + 1) for sign in (-1, 1))
    if loss == "mae":
        # The derivative jumps, and the median need not be the level that balances it.
        return outlier_fit_by_breakpoints(x, y, loss)
    for _ in range(70):
        w = (low + high) / 2
        b = _level(y - w * u, loss)
        low, high = (w, high) if slope_of(y - w * u - b) @ u > 0 else (low, w)
    return float(w), float(b - w * np.median(x))
