import numpy as np


def optimizer_step(params, grads, state, kind, lr, **options):
    if kind not in ("sgd", "momentum", "rmsprop", "adam"):
        raise ValueError("unknown optimiser")
    if lr <= 0:
        raise ValueError("lr must be positive")
    if params.shape != grads.shape:
        raise ValueError("params and grads differ in shape")
    if kind == "sgd":
        return params - lr * grads, {}
    if kind == "momentum":
        v = options.get("beta", 0.9) * state.get("v", 0) + grads
        return params - lr * v, {"v": v}
    eps = options.get("eps", 1e-8)
    if kind == "rmsprop":
        rho = options.get("rho", 0.99)
        s = rho * state.get("s", 0) + (1 - rho) * grads**2
        return params - lr * grads / (np.sqrt(s) + eps), {"s": s}
    beta1, beta2 = options.get("beta1", 0.9), options.get("beta2", 0.999)
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0) + (1 - beta1) * grads
    v = beta2 * state.get("v", 0) + (1 - beta2) * grads**2
    # The efficient form of the paper.
    rate = lr * np.sqrt(1 - beta2**t) / (1 - beta1**t)
    return params - rate * m / (np.sqrt(v) + eps), {"t": t, "m": m, "v": v}
