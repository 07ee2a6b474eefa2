import numpy as np
def check(x, y, loss):
    if loss not in ("mse", "mae", "huber"):
        raise ValueError("loss")
    if x.shape != y.shape:
        raise ValueError("lengths")
    if len(x) < 2 or np.allclose(x, x[0]):
        raise ValueError("x")
def f(r, loss):
    a = np.abs(r)
    return {"mse": r * r, "mae": a, "huber": np.where(a <= 1, r * r / 2, a - 0.5)}[loss].mean()

def outlier_fit(x, y, loss):
    check(x, y, loss)
    if loss == "mse":
        m = x.mean()
        w = ((x - m) * (y - y.mean())).sum() / ((x - m) ** 2).sum()
        return float(w), float(y.mean() - w * m)
    if loss == "mae":
        best = (np.inf, 0, 0)
        for i in range(len(x)):
            for j in range(i):
                if x[i] != x[j]:
                    w = (y[i] - y[j]) / (x[i] - x[j]); b = y[i] - w * x[i]
                    best = min(best, (float(np.abs(y - w * x - b).mean()), float(w), float(b)))
        return best[1:]
    # huber: iteratively reweighted least squares from the mse line, on scaled x
    c, s = x.mean(), x.std()
    u = (x - c) / s
    A = np.stack([u, np.ones_like(u)], axis=1)
    p = np.linalg.lstsq(A, y, rcond=None)[0]
    for _ in range(20000):
        r = np.abs(y - A @ p)
        k = np.sqrt(1 / np.maximum(r, 1.0))
        q = np.linalg.lstsq(A * k[:, None], y * k, rcond=None)[0]
        done = np.abs(q - p).max() < 1e-12 * (1 + np.abs(q).max())
        p = q
        if done: break
    w = p[0] / s
    return float(w), float(p[1] - w * c)
