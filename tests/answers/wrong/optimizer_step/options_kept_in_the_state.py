import numpy as np


def optimizer_step(params, grads, state, kind, lr, **options):
    if kind not in ("sgd", "momentum", "rmsprop", "adam"):
        raise ValueError(kind)
    if lr <= 0 or params.shape != grads.shape:
        raise ValueError("lr or shapes")
    state = dict(state)
    given = state.setdefault("options", options)
    if kind == "sgd":
        return params - lr * grads, state
    if kind == "momentum":
        state["v"] = given.get("beta", 0.9) * state.get("v", 0) + grads
        return params - lr * state["v"], state
    eps = given.get("eps", 1e-8)
    if kind == "rmsprop":
        rho = given.get("rho", 0.99)
        state["s"] = rho * state.get("s", 0) + (1 - rho) * grads**2
        return params - lr * grads / (np.sqrt(state["s"]) + eps), state
    beta1, beta2 = given.get("beta1", 0.9), given.get("beta2", 0.999)
    t = state["t"] = state.get("t", 0) + 1
    state["m"] = beta1 * state.get("m", 0) + (1 - beta1) * grads
    state["v"] = beta2 * state.get("v", 0) + (1 - beta2) * grads**2
    m_hat, v_hat = state["m"] / (1 - beta1**t), state["v"] / (1 - beta2**t)
    return params - lr * m_hat / (np.sqrt(v_hat) + eps), state
