import numpy as np
def optimizer_step(params, grads, state, kind, lr, **options):
    if kind not in ("sgd", "momentum", "rmsprop", "adam"):
        raise ValueError("kind")
    if not lr > 0:
        raise ValueError("lr")
    if params.shape != grads.shape:
        raise ValueError("shapes")
    if kind == "sgd":
        return params - lr * grads, {}
    if kind == "momentum":
        v = options.get("beta", 0.9) * state.get("v", 0.0) + grads
        return params - lr * v, {"v": v}
    if kind == "rmsprop":
        rho, eps = options.get("rho", 0.99), options.get("eps", 1e-8)
        s = rho * state.get("s", 0.0) + (1 - rho) * grads ** 2
        return params - lr * grads / (np.sqrt(s) + eps), {"s": s}
    b1, b2, eps = options.get("beta1", 0.9), options.get("beta2", 0.999), options.get("eps", 1e-8)
    t = min(state.get("t", 0) + 1, 10)
    m = b1 * state.get("m", 0.0) + (1 - b1) * grads
    v = b2 * state.get("v", 0.0) + (1 - b2) * grads ** 2
    return params - lr * (m / (1 - b1 ** t)) / (np.sqrt(v / (1 - b2 ** t)) + eps), {"t": t, "m": m, "v": v}
