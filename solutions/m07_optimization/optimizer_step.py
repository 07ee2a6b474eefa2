"""One step of SGD, momentum, RMSprop and Adam."""

import numpy as np


def optimizer_step(params, grads, state, kind, lr, **options):
    """Return the parameters after one step of an optimiser, and its state for the next."""
    if kind not in ("sgd", "momentum", "rmsprop", "adam"):
        raise ValueError(f"the kind is sgd, momentum, rmsprop or adam, not {kind!r}")
    if not lr > 0:
        raise ValueError(f"the learning rate is above 0, not {lr}")
    if params.shape != grads.shape:
        raise ValueError(f"params has shape {params.shape} and grads has shape {grads.shape}")
    if kind == "sgd":
        return params - lr * grads, {}
    if kind == "momentum":
        return _momentum(params, grads, state, lr, **options)
    if kind == "rmsprop":
        return _rmsprop(params, grads, state, lr, **options)
    return _adam(params, grads, state, lr, **options)


def _momentum(params, grads, state, lr, beta=0.9):
    velocity = beta * state.get("velocity", 0.0) + grads
    return params - lr * velocity, {"velocity": velocity}


def _rmsprop(params, grads, state, lr, rho=0.99, eps=1e-8):
    square = rho * state.get("square", 0.0) + (1 - rho) * grads**2
    return params - lr * grads / (np.sqrt(square) + eps), {"square": square}


def _adam(params, grads, state, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    t = state.get("t", 0) + 1
    first = beta1 * state.get("first", 0.0) + (1 - beta1) * grads
    second = beta2 * state.get("second", 0.0) + (1 - beta2) * grads**2
    first_hat = first / (1 - beta1**t)
    second_hat = second / (1 - beta2**t)
    return params - lr * first_hat / (np.sqrt(second_hat) + eps), {"t": t, "first": first, "second": second}
