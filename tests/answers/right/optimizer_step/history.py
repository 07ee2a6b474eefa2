import numpy as np


def _average(terms, damped):
    """Exponential average, recomputed from all gradients there were."""
    total = 0.0
    for decay, value in terms:
        total = total * decay + value * ((1 - decay) if damped else 1)
    return total


def optimizer_step(params, grads, state, kind, lr, **options):
    if np.shape(params) != np.shape(grads):
        raise ValueError("params and grads need one shape")
    if lr <= 0:
        raise ValueError(f"lr = {lr}")
    # tuples only: nothing in a state can be changed
    past = state.get("past", ()) + ((np.array(grads), dict(options)),)
    eps = options.get("eps", 1e-8)
    if kind == "sgd":
        return np.subtract(params, lr * np.asarray(grads)), {}
    if kind == "momentum":
        direction = _average([(o.get("beta", 0.9), g) for g, o in past], damped=False)
    elif kind == "rmsprop":
        direction = grads / (np.sqrt(_average([(o.get("rho", 0.99), g**2) for g, o in past], damped=True)) + eps)
    elif kind == "adam":
        m = _average([(o.get("beta1", 0.9), g) for g, o in past], damped=True)
        v = _average([(o.get("beta2", 0.999), g**2) for g, o in past], damped=True)
        m = m / (1 - options.get("beta1", 0.9) ** len(past))
        v = v / (1 - options.get("beta2", 0.999) ** len(past))
        direction = m / (np.sqrt(v) + eps)
    else:
        raise ValueError(kind)
    return np.subtract(params, lr * direction), {"past": past}
