import numpy as np


def _huber(x, y):
    cx, cy = x.mean(), y.mean()
    u, v = x - cx, y - cy

    def level(w):
        r = v - w * u
        lo, hi = r.min(), r.max()
        for _ in range(100):
            b = (lo + hi) / 2
            lo, hi = (b, hi) if np.clip(r - b, -1, 1).sum() > 0 else (lo, b)
        return (lo + hi) / 2

    lo, hi = -4.1e6, 4.1e6
    for _ in range(110):
        w = (lo + hi) / 2
        lo, hi = (w, hi) if (np.clip(v - w * u - level(w), -1, 1) * u).sum() > 0 else (lo, w)
    return float(w), float(level(w) + cy - w * cx)


def outlier_fit(x, y, loss):
    if loss not in ("mse", "mae", "huber") or len(x) != len(y) or len(x) < 2 or x.max() == x.min():
        raise ValueError("loss or data")
    if loss == "huber":
        return _huber(x, y)
    if loss == "mse":
        p, inverse, count = np.unique(x, return_inverse=True, return_counts=True)
        q = np.bincount(inverse, weights=y) / count
        u = p - p.mean()
        w = float(u @ (q - q.mean()) / (u @ u))
        return w, float(q.mean() - w * p.mean())
    best = None
    for i in range(len(x)):
        for j in range(i):
            if x[i] != x[j]:
                w = (y[i] - y[j]) / (x[i] - x[j])
                c = np.abs(y - y[i] - w * (x - x[i])).sum()
                if best is None or c < best[0]:
                    best = c, float(w), float(y[i] - w * x[i])
    return best[1:]
