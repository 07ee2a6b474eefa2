import numpy as np
def _pair(y, y_hat):
    y, y_hat = np.asarray(y), np.asarray(y_hat)
    if np.iscomplexobj(y) or np.iscomplexobj(y_hat):
        raise TypeError("complex")
    if y.shape != y_hat.shape:
        raise ValueError(f"{y.shape} and {y_hat.shape}")
    if y.size == 0:
        raise ValueError("empty")
    return y.astype(np.float64) - y_hat.astype(np.float64)
def mse(y, y_hat):
    return float(np.mean(_pair(y, y_hat) ** 2))
def _delta(delta):
    if not delta > 0: raise ValueError("delta")
def _tau(tau):
    if not 0 < tau < 1: raise ValueError("tau")
def huber(y, y_hat, delta=1.0):
    _delta(delta)
    r = np.abs(_pair(y, y_hat))
    return float(np.mean(np.where(r <= delta, 0.5 * r ** 2, delta * (r - 0.5 * delta))))
def log_cosh(y, y_hat):
    r = np.abs(_pair(y, y_hat))
    return float(np.mean(r + np.log1p(np.exp(-2 * r)) - np.log(2)))
def quantile(y, y_hat, tau):
    _tau(tau)
    r = _pair(y, y_hat)
    return float(np.mean(np.maximum(tau * r, (tau - 1) * r)))
def loss_grad(kind, y, y_hat, **kw):
    r = _pair(y, y_hat)
    n = r.size
    kind = kind.replace("-", "_")
    if kind == "mse":
        return -2 * r / n
    if kind == "mae":
        return -np.sign(r) / n
    if kind == "huber":
        delta = kw.get("delta", 1.0)
        _delta(delta)
        return -np.clip(r, -delta, delta) / n
    if kind == "log_cosh":
        return -np.tanh(r) / n
    if kind == "quantile":
        tau = kw["tau"]
        _tau(tau)
        return np.where(r > 0, -tau, 1 - tau) / n
    raise ValueError(kind)
