import numpy as np
def optimizer_step(params, grads, state, kind, lr, **options):
    if params.size != grads.size or params.ndim != grads.ndim: raise ValueError("shapes")
    if lr <= 0: raise ValueError("lr")
    grads = grads.reshape(params.shape)
    zero = np.zeros(params.shape)
    if kind == "sgd":
        return params - lr * grads, {}
    if kind == "momentum":
        beta = options.get("beta", 0.9)
        v = beta * state.get("v", zero) + grads
        return params - lr * v, {"v": v}
    if kind == "rmsprop":
        rho, eps = options.get("rho", 0.99), options.get("eps", 1e-8)
        s = rho * state.get("s", zero) + (1 - rho) * grads**2
        return params - lr * grads / (np.sqrt(s) + eps), {"s": s}
    if kind == "adam":
        b1, b2, eps = options.get("beta1", 0.9), options.get("beta2", 0.999), options.get("eps", 1e-8)
        t = state.get("t", 0) + 1
        m = b1 * state.get("m", zero) + (1 - b1) * grads
        v = b2 * state.get("v", zero) + (1 - b2) * grads**2
        m_hat, v_hat = m / (1 - b1**t), v / (1 - b2**t)
        return params - lr * m_hat / (np.sqrt(v_hat) + eps), {"t": t, "m": m, "v": v}
    raise ValueError("kind")
