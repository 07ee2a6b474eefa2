"""One step of SGD, momentum, RMSprop and Adam."""

import numpy as np


def optimizer_step(params, grads, state, kind, lr, **options):
    """Return the parameters after one step of an optimiser, and its state for the next.

    - "sgd": p - lr·g.
    - "momentum" (option beta, 0.9): v ← beta·v + g, from v = 0; p - lr·v.
    - "rmsprop" (rho 0.99, eps 1e-8): s ← rho·s + (1 - rho)·g², from s = 0; p - lr·g / (√s + eps).
    - "adam" (beta1 0.9, beta2 0.999, eps 1e-8): m ← beta1·m + (1 - beta1)·g and v ← beta2·v + (1 - beta2)·g², from 0, t
      counted from 1; p - lr·m̂ / (√v̂ + eps) with m̂ = m / (1 - beta1^t) and v̂ = v / (1 - beta2^t).

    These are torch.optim's, with its defaults. What the state holds is free.

    Allowed: the standard library, numpy, pandas, torch. The function is pure: neither `params` nor `grads` nor `state`,
    nor any array in it, nor anything global is changed, and both results are new: a step can be taken again from the
    same state. The caller may change `params` and `grads` between two steps: the state does not feel it. What is
    printed costs nothing, and so do warnings.

    Args:
        params, grads: numpy arrays of float64, of one shape; perhaps read-only, in any memory layout.
        state: the dict that the last step of this optimiser returned, {} before the first.
        kind: "sgd", "momentum", "rmsprop" or "adam". A state or options of another kind are not passed.
        lr: the learning rate, a float.
        **options: beta; rho, eps; or beta1, beta2, eps. Rates and betas lie in [0, 1).

    Returns:
        (params, state): an array of the shape of `params`, and a dict.

    Raises:
        ValueError: another kind; lr is not above 0; the shapes of params and grads differ.

    Closed: the step of torch.optim's optimisers.

    >>> p, g = np.array([1.0]), np.array([2.0])
    >>> optimizer_step(p, g, {}, "sgd", 0.1)[0]
    array([0.8])
    >>> optimizer_step(p, g, {}, "adam", 0.1)[0].round(6)
    array([0.9])
    >>> first, state = optimizer_step(p, g, {}, "momentum", 0.1)
    >>> second, state = optimizer_step(first, g, state, "momentum", 0.1)
    >>> first, second.round(6)
    (array([0.8]), array([0.42]))
    """
    # TODO: begin with "sgd"; then ask of each kind what it must remember.
    raise NotImplementedError("optimizer_step is not written yet")
