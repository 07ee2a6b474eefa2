"""Every loss by nested golden-section search: convex in w once b is the best for that w."""

import numpy as np


def outlier_fit(x, y, loss):
    x, y = np.array(x), np.array(y)
    if x.shape != y.shape:
        raise ValueError("lengths differ")
    if x.size < 2 or x.min() == x.max():
        raise ValueError("no line")
    if loss == "mse":
        A = np.column_stack([x - x.mean(), np.ones_like(x)])
        (w, c), *_ = np.linalg.lstsq(A, y, rcond=None)
        return [float(w), float(c - w * x.mean())]
    if loss not in ("mae", "huber"):
        raise ValueError(f"unknown loss {loss!r}")
    m = x.mean()
    u = x - m

    def level(t):
        if loss == "mae":
            return np.median(t)
        lo, hi = t.min(), t.max()
        for _ in range(80):
            mid = (lo + hi) / 2
            if np.clip(t - mid, -1, 1).sum() > 0:
                lo = mid
            else:
                hi = mid
        return (lo + hi) / 2

    def cost(w):
        t = y - w * u
        r = np.abs(t - level(t))
        return (r if loss == "mae" else np.where(r <= 1, r * r / 2, r - 0.5)).mean()

    gaps = np.diff(np.sort(x))
    top = 2.1 * (np.abs(y).max() + 1) / gaps[gaps > 0].min()
    lo, hi = -top, top
    g = (5**0.5 - 1) / 2
    a, b = hi - g * (hi - lo), lo + g * (hi - lo)
    fa, fb = cost(a), cost(b)
    for _ in range(140):
        if fa <= fb:
            hi, b, fb = b, a, fa
            a = hi - g * (hi - lo)
            fa = cost(a)
        else:
            lo, a, fa = a, b, fb
            b = lo + g * (hi - lo)
            fb = cost(b)
    w = (lo + hi) / 2
    return [float(w), float(level(y - w * u) - w * m)]
