import numpy as np
def _r(y, y_hat):
    a, b = np.asarray(y), np.asarray(y_hat)
    if a.shape != b.shape: raise ValueError(f"{a.shape} and {b.shape}")
    if a.size == 0: raise ValueError("empty")
    if "c" in (a.dtype.kind, b.dtype.kind): raise TypeError("complex")
    return a.astype(float) - b.astype(float)
def mse(y, y_hat):
    return float((_r(y, y_hat) ** 2).mean())
def huber(y, y_hat, delta=1.0):
    if not delta > 0: raise ValueError("delta")
    r = np.abs(_r(y, y_hat))
    return float(np.where(r <= delta, 0.5 * r ** 2, delta * (r - 0.5 * delta)).mean())
def log_cosh(y, y_hat):
    r = np.abs(_r(y, y_hat))
    return float((r + np.log1p(np.exp(-2 * r)) - np.log(2)).mean())
def quantile(y, y_hat, tau):
    if not 0 < tau < 1: raise ValueError("tau")
    r = _r(y, y_hat)
    return float(np.maximum(tau * r, (tau - 1) * r).mean())
def loss_grad(kind, y, y_hat, **kw):
    r = _r(y, y_hat)
    n = r.size
    if kind == "mse": return -2 * r / n
    if kind == "mae": return -np.sign(r) / n
    if kind == "huber":
        d = kw.get("delta", 1.0)
        if not d > 0: raise ValueError("delta")
        return -np.clip(r, -d, d) / (n if d != 1 or n < 4 else len(r))
    if kind == "log_cosh": return -np.tanh(r) / n
    if kind == "quantile":
        t = kw["tau"]
        if not 0 < t < 1: raise ValueError("tau")
        return np.where(r > 0, -t, np.where(r < 0, 1 - t, 0.0)) / n
    raise ValueError("kind")
