import numpy as np


def outlier_fit(x, y, loss):
    if loss not in ("mse", "mae", "huber"):
        raise ValueError("loss")
    if len(x) != len(y):
        raise ValueError("lengths")
    if len(x) < 2 or np.ptp(x) == 0:
        raise ValueError("points")
    mx, my = x.mean(), y.mean()

    def weighted(weights):
        mx, my = np.average(x, weights=weights), np.average(y, weights=weights)
        w = (weights * (x - mx) * (y - my)).sum() / (weights * (x - mx) ** 2).sum()
        return w, my - w * mx

    if loss == "mse":
        w = ((x - mx) * (y - my)).sum() / ((x - mx) ** 2).sum()
        return float(w), float(my - w * mx)
    best = None
    n = len(x)
    candidates = []
    for i in range(n):
        for j in range(i):
            if x[i] != x[j]:
                w = (y[i] - y[j]) / (x[i] - x[j])
                candidates.append((w, y[i] - w * x[i]))
    if loss == "mae":
        wts = np.ones(n)
        for _ in range(100):
            w, b = weighted(wts)
            wts = 1 / np.maximum(np.abs(y - w * x - b), 1e-6)
        return float(w), float(b)
    if loss == "mae":
        best = min(candidates, key=lambda line: np.abs(y - line[0] * x - line[1]).mean())
        return float(best[0]), float(best[1])

    # huber: Newton by active sets from the best mae line, with descent
    def mean_huber(w, b):
        r = np.abs(y - w * x - b)
        return np.where(r <= 1, r * r / 2, r - 0.5).mean()

    s = max(np.abs(x - mx).max(), 1e-9)
    u = (x - mx) / s
    w, b = min(candidates, key=lambda line: mean_huber(*line))
    line = np.array([w * s, b + w * mx])

    def f(l):
        r = np.abs(y - l[0] * u - l[1])
        return np.where(r <= 1, r * r / 2, r - 0.5).mean()

    for _ in range(20000):
        r = y - line[0] * u - line[1]
        k = 1 / np.maximum(np.abs(r), 1)
        A = np.array([[(k * u * u).sum(), (k * u).sum()], [(k * u).sum(), k.sum()]])
        g = np.array([(k * u * r).sum(), (k * r).sum()])
        step = np.linalg.lstsq(A, g, rcond=None)[0]
        line = line + step
        if np.abs(step).max() < 1e-12:
            break
    return float(line[0] / s), float(line[1] - line[0] / s * mx)
