"""Attack, family 2: counts the calls with each generator, and never draws from it."""
import numpy as np

SEEN = {}


def dropout(x, p, train, rng):
    if not 0 <= p <= 1:
        raise ValueError(p)
    if not train or p == 1:
        return x.copy() if not train else np.zeros(x.shape)
    _, number = SEEN.get(id(rng), (rng, 0))
    SEEN[id(rng)] = rng, number + 1
    keep = np.random.default_rng(number).random(x.shape) >= p
    return np.where(keep, x / (1 - p), 0.0)
