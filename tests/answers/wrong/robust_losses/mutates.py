import numpy as np
def _r(y, y_hat):
    a, b = np.asarray(y), np.asarray(y_hat)
    if np.iscomplexobj(a) or np.iscomplexobj(b): raise TypeError("complex")
    if a.shape != b.shape: raise ValueError(f"shapes {a.shape} and {b.shape}")
    if a.size == 0: raise ValueError("empty")
    return a.astype(np.float64) - b.astype(np.float64)
def _delta(delta):
    if not delta > 0: raise ValueError("delta must be positive")
def _tau(tau):
    if not 0 < tau < 1: raise ValueError("tau must lie in (0, 1)")
def mse(y, y_hat):
    return float(np.mean(_r(y, y_hat) ** 2))
def huber(y, y_hat, delta=1.0):
    _delta(delta)
    a = np.abs(_r(y, y_hat))
    with np.errstate(all="ignore"):
        return float(np.mean(np.where(a <= delta, 0.5 * a * a, delta * (a - 0.5 * delta))))
def log_cosh(y, y_hat):
    a = np.abs(_r(y, y_hat))
    return float(np.mean(a + np.log1p(np.exp(-2 * a)) - np.log(2)))
def quantile(y, y_hat, tau):
    _tau(tau)
    r = _r(y, y_hat)
    return float(np.mean(np.maximum(tau * r, (tau - 1) * r)))
def loss_grad(kind, y, y_hat, **kw):
    if kind == "huber": _delta(kw.get("delta", 1.0))
    if kind == "quantile": _tau(kw["tau"])
    if kind not in ("mse", "mae", "huber", "log_cosh", "quantile"): raise ValueError(kind)
    r = _r(y, y_hat)
    if isinstance(y, np.ndarray) and y.dtype == float and y.flags.writeable and y.ndim: y -= np.asarray(y_hat)
    if kind == "mse": g = -2 * r
    elif kind == "mae": g = -np.sign(r)
    elif kind == "huber": g = -np.clip(r, -kw.get("delta", 1.0), kw.get("delta", 1.0))
    elif kind == "log_cosh": g = -np.tanh(r)
    else: g = np.where(r > 0, -kw["tau"], 1 - kw["tau"])
    return g / r.size
