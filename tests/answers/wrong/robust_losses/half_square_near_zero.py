import numpy as np
def _r(y, y_hat):
    a, b = np.asarray(y), np.asarray(y_hat)
    if np.iscomplexobj(a) or np.iscomplexobj(b):
        raise TypeError("complex")
    if a.shape != b.shape:
        raise ValueError(f"{a.shape} vs {b.shape}")
    if a.size == 0:
        raise ValueError("empty")
    return a.astype(np.float64) - b.astype(np.float64)
def mse(y, y_hat):
    return float(np.mean(_r(y, y_hat) ** 2))
def huber(y, y_hat, delta=1.0):
    if delta <= 0:
        raise ValueError("delta")
    r = np.abs(_r(y, y_hat))
    return float(np.mean(np.where(r <= delta, r ** 2 / 2, delta * (r - delta / 2))))
def log_cosh(y, y_hat):
    r = np.abs(_r(y, y_hat))
    return float(np.mean(np.where(r < 0.05, r ** 2 / 2, r + np.log1p(np.exp(-2 * r)) - np.log(2))))
def quantile(y, y_hat, tau):
    if not 0 < tau < 1:
        raise ValueError("tau")
    r = _r(y, y_hat)
    return float(np.mean(np.maximum(tau * r, (tau - 1) * r)))
def loss_grad(kind, y, y_hat, **kw):
    r = _r(y, y_hat)
    n = r.size
    if kind == "mse":
        g = -2 * r
    elif kind == "mae":
        g = -np.sign(r)
    elif kind == "huber":
        delta = kw.get("delta", 1.0)
        if delta <= 0:
            raise ValueError("delta")
        g = -np.clip(r, -delta, delta)
    elif kind == "log_cosh":
        g = -np.tanh(r)
    elif kind == "quantile":
        tau = kw["tau"]
        if not 0 < tau < 1:
            raise ValueError("tau")
        g = np.where(r > 0, -tau, 1 - tau)
    else:
        raise ValueError("kind")
    return g / n
