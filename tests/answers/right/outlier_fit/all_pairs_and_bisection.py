import numpy as np
def outlier_fit(x, y, loss):
    if loss not in ("mse", "mae", "huber"): raise ValueError(loss)
    if len(x) != len(y) or len(x) < 2 or np.ptp(x) == 0: raise ValueError("data")
    if loss == "mse":
        mx, my = x.mean(), y.mean()
        w = ((x - mx) * (y - my)).sum() / ((x - mx) ** 2).sum()
        return float(w), float(my - w * mx)
    if loss == "mae":
        i, j = np.triu_indices(len(x), 1)
        ok = x[i] != x[j]
        w = (y[j] - y[i])[ok] / (x[j] - x[i])[ok]
        b = y[i[ok]] - w * x[i[ok]]
        cost = np.abs(y - w[:, None] * x - b[:, None]).mean(1)
        k = cost.argmin()
        return float(w[k]), float(b[k])
    # Huber: ternary search over w, exact search over b by bisection of a monotone gradient
    def best_b(w):
        r = y - w * x
        lo, hi = r.min(), r.max()
        for _ in range(70):
            m = (lo + hi) / 2
            if np.clip(r - m, -1, 1).sum() > 0: lo = m
            else: hi = m
        return (lo + hi) / 2
    def cost(w):
        a = np.abs(y - w * x - best_b(w))
        return np.where(a <= 1, a * a / 2, a - .5).mean()
    i, j = np.triu_indices(len(x), 1)
    ok = x[i] != x[j]
    s = (y[j] - y[i])[ok] / (x[j] - x[i])[ok]
    lo, hi = s.min() - 1, s.max() + 1
    for _ in range(120):
        a, b = lo + (hi - lo) / 3, hi - (hi - lo) / 3
        if cost(a) <= cost(b): hi = b
        else: lo = a
    w = (lo + hi) / 2
    return float(w), float(best_b(w))
