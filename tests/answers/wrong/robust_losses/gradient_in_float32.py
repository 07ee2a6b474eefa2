import numpy as np

def _residual(y, y_hat):
    y, y_hat = np.asarray(y), np.asarray(y_hat)
    if np.iscomplexobj(y) or np.iscomplexobj(y_hat):
        raise TypeError("complex")
    if y.shape != y_hat.shape:
        raise ValueError(f"{y.shape} and {y_hat.shape}")
    if y.size == 0:
        raise ValueError("empty")
    return y.astype(np.float64) - y_hat.astype(np.float64)

def mse(y, y_hat):
    return float(np.mean(_residual(y, y_hat) ** 2))

def huber(y, y_hat, delta=1.0):
    if not delta > 0:
        raise ValueError("delta")
    r = np.abs(_residual(y, y_hat))
    return float(np.mean(np.where(r <= delta, 0.5 * r ** 2, delta * (r - 0.5 * delta))))

def log_cosh(y, y_hat):
    r = np.abs(_residual(y, y_hat))
    return float(np.mean(r + np.log1p(np.exp(-2 * r)) - np.log(2)))

def quantile(y, y_hat, tau):
    if not 0 < tau < 1:
        raise ValueError("tau")
    r = _residual(y, y_hat)
    return float(np.mean(np.maximum(tau * r, (tau - 1) * r)))

def loss_grad(kind, y, y_hat, **kw):
    r = _residual(y, y_hat)
    if kind == "mse":
        g = -2 * r
    elif kind == "mae":
        g = -np.sign(r)
    elif kind == "huber":
        delta = kw.get("delta", 1.0)
        if not delta > 0:
            raise ValueError("delta")
        g = -np.clip(r, -delta, delta)
    elif kind == "log_cosh":
        g = -np.tanh(r)
    elif kind == "quantile":
        tau = kw["tau"]
        if not 0 < tau < 1:
            raise ValueError("tau")
        g = np.where(r >= 0, -tau, 1 - tau)
    else:
        raise ValueError(kind)
    return (g / r.size).astype(np.float32)
