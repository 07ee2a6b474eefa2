import numpy as np


def optimizer_step(params, grads, state, kind, lr, **options):
    if kind not in ("sgd", "momentum", "rmsprop", "adam"):
        raise ValueError(f"unknown kind {kind!r}")
    if not lr > 0:
        raise ValueError("lr must be positive")
    if params.shape != grads.shape:
        raise ValueError("shapes")
    if kind == "sgd":
        return params - lr * grads, {}
    if kind == "momentum":
        beta = options.get("beta", 0.9)
        v = beta * state.get("v", np.zeros_like(params)) + grads
        return params - lr * v, {"v": v}
    if kind == "rmsprop":
        rho, eps = options.get("rho", 0.99), options.get("eps", 1e-8)
        s = rho * state.get("s", 0.0) + (1 - rho) * grads**2
        return params - lr * grads / (np.sqrt(s) + eps), {"s": s}
    beta1 = options.get("beta1") or 0.9
    beta2 = options.get("beta2") or 0.999
    eps = options.get("eps", 1e-8)
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * grads
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * grads**2
    mhat = m / (1 - beta1**t)
    vhat = v / (1 - beta2**t)
    return params - lr * mhat / (np.sqrt(vhat) + eps), {"t": t, "m": m, "v": v}
