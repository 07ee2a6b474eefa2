import numpy as np


def optimizer_step(params, grads, state, kind, lr, **options):
    shape = np.shape(params)
    params, grads = np.atleast_1d(params), np.atleast_1d(grads)
    if kind not in ("sgd", "momentum", "rmsprop", "adam") or not lr > 0 or params.shape != grads.shape:
        raise ValueError("kind, lr or shapes")
    state = dict(state)
    eps = options.get("eps", 1e-8)
    if kind == "momentum":
        step = state["v"] = options.get("beta", 0.9) * state.get("v", 0) + grads
    elif kind == "rmsprop":
        rho = options.get("rho", 0.99)
        state["s"] = rho * state.get("s", 0) + (1 - rho) * grads**2
        step = grads / (np.sqrt(state["s"]) + eps)
    elif kind == "adam":
        beta1, beta2 = options.get("beta1", 0.9), options.get("beta2", 0.999)
        t = state["t"] = state.get("t", 0) + 1
        state["m"] = beta1 * state.get("m", 0) + (1 - beta1) * grads
        state["v"] = beta2 * state.get("v", 0) + (1 - beta2) * grads**2
        step = state["m"] / (1 - beta1**t) / (np.sqrt(state["v"] / (1 - beta2**t)) + eps)
    else:
        step = grads
    return (params - lr * step).reshape(shape), state
