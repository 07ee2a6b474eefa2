import numpy as np

def optimizer_step(params, grads, state, kind, lr, **options):
    if kind not in ("sgd", "momentum", "rmsprop", "adam"):
        raise ValueError("kind")
    if not lr > 0:
        raise ValueError("lr")
    if params.shape != grads.shape:
        raise ValueError("shapes differ")
    zero = np.zeros_like(params)
    if kind == "sgd":
        return params - lr * grads, {}
    if kind == "momentum":
        v = options.get("beta", 0.9) * state.get("v", zero) + grads
        return params - lr * v, {"v": v, "lr": state.setdefault("lr", lr)}
    eps = options.get("eps", 1e-8)
    if kind == "rmsprop":
        rho = options.get("rho", 0.99)
        s = rho * state.get("s", zero) + (1 - rho) * grads ** 2
        return params - lr * grads / (np.sqrt(s) + eps), {"s": s}
    b1, b2 = options.get("beta1", 0.9), options.get("beta2", 0.999)
    t = state.get("t", 0) + 1
    m = b1 * state.get("m", zero) + (1 - b1) * grads
    v = b2 * state.get("v", zero) + (1 - b2) * grads ** 2
    mh, vh = m / (1 - b1 ** t), v / (1 - b2 ** t)
    return params - lr * mh / (np.sqrt(vh) + eps), {"t": t, "m": m, "v": v}
