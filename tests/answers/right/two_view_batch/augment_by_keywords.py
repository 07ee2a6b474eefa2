import numpy as np
from functools import partial
def two_view_batch(x, augment, rng):
    n = len(x)
    f = partial(augment, rng=rng)
    out = np.empty((n, 2) + x.shape[1:])
    for i, s in enumerate(x):
        for v in range(2):
            out[i, v] = f(sample=s.copy())
    return out.swapaxes(0, 1).reshape(2*n, *x.shape[1:]), np.arange(2*n).reshape(2, n)[::-1].ravel()
