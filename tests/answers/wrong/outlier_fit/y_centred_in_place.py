import numpy as np
def least_abs(x, y, tau=0.5):
    best = None
    n = len(x)
    for i in range(n):
        for j in range(i):
            if x[i] == x[j]: continue
            w = (y[i] - y[j]) / (x[i] - x[j])
            b = y[i] - w * x[i]
            l = np.abs(y - w * x - b).mean()
            if best is None or l < best[0]: best = (l, w, b)
    return best[1], best[2]
def lsq(x, y, wt):
    m = wt.sum(); mx = (wt*x).sum()/m; my = (wt*y).sum()/m
    w = (wt*(x-mx)*(y-my)).sum()/(wt*(x-mx)**2).sum()
    return w, my - w*mx
def huber_fit(x, y):
    w, b = least_abs(x, y)
    s = np.abs(x - x.mean()).max(); c = x.mean()
    u = (x - c) / s
    w, b = w * s, b + w * c
    from functools import reduce
    theta = np.array([w, b]); A = np.stack([u, np.ones_like(u)], 1)
    def loss(t):
        r = np.abs(y - A @ t); return np.where(r <= 1, r*r/2, r - .5).mean()
    for _ in range(3000):
        r = y - A @ theta
        g = -A.T @ np.clip(r, -1, 1)
        H = A.T @ (A * (np.abs(r) <= 1)[:, None])
        step = np.linalg.lstsq(H + 1e-9*np.eye(2), -g, rcond=None)[0]
        t = 1.0; l0 = loss(theta)
        while t > 1e-12 and loss(theta + t*step) > l0: t /= 2
        if t <= 1e-12: break
        theta = theta + t*step
        if np.abs(g).max() < 1e-11: break
    w = theta[0] / s
    return w, theta[1] - w*c
def outlier_fit(x, y, loss):
    if loss not in ("mse", "mae", "huber"):
        raise ValueError("unknown loss")
    if len(x) != len(y):
        raise ValueError("lengths differ")
    if len(x) < 2 or np.ptp(x) == 0:
        raise ValueError("two different x are needed")
    level = y.mean()
    y -= level
    if loss == "mse":
        w, b = lsq(x, y, np.ones(len(x)))
    elif loss == "mae":
        w, b = least_abs(x, y)
    else:
        w, b = huber_fit(x, y)
    y += level
    return float(w), float(b + level)
