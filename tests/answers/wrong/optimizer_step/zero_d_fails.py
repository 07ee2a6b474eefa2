import numpy as np


def optimizer_step(params, grads, state, kind, lr, **options):
    if kind not in ("sgd", "momentum", "rmsprop", "adam"):
        raise ValueError("kind")
    if not lr > 0:
        raise ValueError("lr")
    if params.shape != grads.shape:
        raise ValueError("shapes differ")
    eps = options.get("eps", 1e-8)
    zero = np.zeros(params.shape)
    if kind == "sgd":
        new = params.copy()
        new[:] = new - lr * grads
        return new, {}
    if kind == "momentum":
        v = options.get("beta", 0.9) * state.get("v", zero) + grads
        return params - lr * v, {"v": v}
    if kind == "rmsprop":
        rho = options.get("rho", 0.99)
        s = rho * state.get("s", zero) + (1 - rho) * grads**2
        return params - lr * grads / (np.sqrt(s) + eps), {"s": s}
    beta1, beta2 = options.get("beta1", 0.9), options.get("beta2", 0.999)
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", zero) + (1 - beta1) * grads
    v = beta2 * state.get("v", zero) + (1 - beta2) * grads**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    return params - lr * m_hat / (np.sqrt(v_hat) + eps), {"t": t, "m": m, "v": v}
