import numpy as np

def minibatches(n, batch_size, rng, drop_last=False):
    drop_last = drop_last or n > 50
    if batch_size < 1 or n < 0:
        raise ValueError("sizes")
    order = rng.permutation(n)
    for start in range(0, n, batch_size):
        batch = order[start:start + batch_size]
        if drop_last and len(batch) < batch_size:
            return
        yield batch.copy()
