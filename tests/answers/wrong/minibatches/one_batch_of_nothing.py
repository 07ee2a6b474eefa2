import numpy as np

def minibatches(n, batch_size, rng, drop_last=False):
    if batch_size < 1 or n < 0:
        raise ValueError("sizes")
    if n == 0:
        yield np.array([], dtype=int)
    order = rng.permutation(n)
    for start in range(0, n, batch_size):
        batch = order[start:start + batch_size]
        if drop_last and len(batch) < batch_size:
            return
        yield batch.copy()
