"""Right ways to write optimizer_step in other styles."""

import numpy as np
import torch

DEFAULTS = {
    "sgd": {},
    "momentum": {"beta": 0.9},
    "rmsprop": {"rho": 0.99, "eps": 1e-8},
    "adam": {"beta1": 0.9, "beta2": 0.999, "eps": 1e-8},
}


def _check(params, grads, kind, lr):
    if kind not in DEFAULTS or lr <= 0 or np.shape(params) != np.shape(grads):
        raise ValueError("kind, rate or shapes")


def optimizer_step_by_match(params, grads, state, kind, lr, **options):
    _check(params, grads, kind, lr)
    o = {**DEFAULTS[kind], **options}
    match kind:
        case "sgd":
            return params - lr * grads, {}
        case "momentum":
            v = grads.copy() if not state else o["beta"] * state["v"] + grads
            return params - lr * v, {"v": v}
        case "rmsprop":
            s = (1 - o["rho"]) * np.square(grads) + (o["rho"] * state["s"] if state else 0)
            return params - lr * grads / (np.sqrt(s) + o["eps"]), {"s": s}
    m, v, t = state.get("adam", (np.zeros_like(params), np.zeros_like(params), 0))
    m = o["beta1"] * m + (1 - o["beta1"]) * grads
    v = o["beta2"] * v + (1 - o["beta2"]) * grads**2
    t += 1
    rate = lr / (1 - o["beta1"] ** t)
    return params - rate * m / (np.sqrt(v / (1 - o["beta2"] ** t)) + o["eps"]), {"adam": (m, v, t)}


def optimizer_step_by_history(params, grads, state, kind, lr, **options):
    """The state is all gradients so far; what is remembered is summed up anew."""
    _check(params, grads, kind, lr)
    o = {**DEFAULTS[kind], **options}
    past = [*state.get("grads", []), np.array(grads)]
    ages = range(len(past) - 1, -1, -1)

    def mean(values, rate):
        return sum((1 - rate) * rate**age * value for age, value in zip(ages, values, strict=True))

    if kind == "sgd":
        step = grads
    elif kind == "momentum":
        step = sum(o["beta"] ** age * g for age, g in zip(ages, past, strict=True))
    elif kind == "rmsprop":
        step = grads / (np.sqrt(mean([g * g for g in past], o["rho"])) + o["eps"])
    else:
        m = mean(past, o["beta1"]) / (1 - o["beta1"] ** len(past))
        v = mean([g * g for g in past], o["beta2"]) / (1 - o["beta2"] ** len(past))
        step = m / (np.sqrt(v) + o["eps"])
    return params - lr * step, {"grads": past}


def optimizer_step_by_copying(params, grads, state, kind, lr, **options):
    """In place, on copies."""
    _check(params, grads, kind, lr)
    o = DEFAULTS[kind] | options
    params = np.array(params)
    state = {name: np.array(value) for name, value in state.items()}
    if kind in ("momentum", "adam"):
        m = state.setdefault("m", np.zeros(params.shape))
        m *= o.get("beta", o.get("beta1"))
        m += grads if kind == "momentum" else (1 - o["beta1"]) * grads
    if kind in ("rmsprop", "adam"):
        s = state.setdefault("s", np.zeros(params.shape))
        keep = o.get("rho", o.get("beta2"))
        s *= keep
        s += (1 - keep) * grads * grads
    if kind == "sgd":
        params -= lr * grads
    elif kind == "momentum":
        params -= lr * state["m"]
    elif kind == "rmsprop":
        params -= lr * grads / (np.sqrt(state["s"]) + o["eps"])
    else:
        state["t"] = t = state.get("t", np.array(0)) + 1
        params -= lr * (state["m"] / (1 - o["beta1"] ** t)) / (np.sqrt(state["s"] / (1 - o["beta2"] ** t)) + o["eps"])
    return params, state


def optimizer_step_by_running_power(params, grads, state, kind, lr, **options):
    """beta^t is remembered instead of t."""
    _check(params, grads, kind, lr)
    o = {**DEFAULTS[kind], **options}
    if kind == "sgd":
        return params + (-lr) * grads, dict(state)
    if kind == "momentum":
        v = np.add(np.multiply(o["beta"], state.get("v", np.zeros(params.shape))), grads)
        return np.subtract(params, np.multiply(lr, v)), {"v": v}
    if kind == "rmsprop":
        old = state.get("s", np.zeros(params.shape))
        s = old + (1 - o["rho"]) * (grads**2 - old)
        return params - lr * grads / (s**0.5 + o["eps"]), {"s": s}
    m, v, p1, p2 = state.get("all", (np.zeros(params.shape), np.zeros(params.shape), 1.0, 1.0))
    m, v = m + (1 - o["beta1"]) * (grads - m), v + (1 - o["beta2"]) * (grads**2 - v)
    p1, p2 = p1 * o["beta1"], p2 * o["beta2"]
    return params - lr * m / (1 - p1) / ((v / (1 - p2)) ** 0.5 + o["eps"]), {"all": (m, v, p1, p2)}


def optimizer_step_by_torch(params, grads, state, kind, lr, **options):
    """torch as a calculator."""
    _check(params, grads, kind, lr)
    o = {**DEFAULTS[kind], **options}
    p, g = torch.tensor(np.array(params)), torch.tensor(np.array(grads))
    state = dict(state)
    zero = torch.zeros_like(p)
    if kind == "sgd":
        step = g
    elif kind == "momentum":
        step = state["v"] = state.get("v", zero).mul(o["beta"]).add(g)
    elif kind == "rmsprop":
        state["s"] = torch.lerp(g * g, state.get("s", zero), o["rho"])
        step = g / (state["s"].sqrt() + o["eps"])
    else:
        state["t"] = state.get("t", 0) + 1
        state["m"] = state.get("m", zero) * o["beta1"] + g * (1 - o["beta1"])
        state["s"] = torch.addcmul(state.get("s", zero) * o["beta2"], g, g, value=1 - o["beta2"])
        corrected = state["s"] / (1 - o["beta2"] ** state["t"])
        step = state["m"] / (1 - o["beta1"] ** state["t"]) / (corrected.sqrt() + o["eps"])
    return (p - lr * step).numpy(), state


def optimizer_step_by_class(params, grads, state, kind, lr, **options):
    class Memory:
        """Running means that make new ones of themselves."""

        def __init__(self, value, weight):
            self.value, self.weight = value, weight

        def after(self, new, keep, dampened=True):
            return Memory(keep * self.value + (1 - keep if dampened else 1) * new, keep * self.weight + 1 - keep)

    _check(params, grads, kind, lr)
    o = {**DEFAULTS[kind], **options}
    first = state.get("first", (0.0, 0.0))
    second = state.get("second", (0.0, 0.0))
    first, second = Memory(*first), Memory(*second)
    step = grads
    if kind == "momentum":
        first = first.after(grads, o["beta"], dampened=False)
        step = first.value
    elif kind == "rmsprop":
        second = second.after(grads**2, o["rho"])
        step = grads / (np.sqrt(second.value) + o["eps"])
    elif kind == "adam":
        first, second = first.after(grads, o["beta1"]), second.after(grads**2, o["beta2"])
        step = first.value / first.weight / (np.sqrt(second.value / second.weight) + o["eps"])
    return params - lr * step, {"first": (first.value, first.weight), "second": (second.value, second.weight)}
