import numpy as np
def minibatches(n, batch_size, rng, drop_last=False):
    if batch_size < 1 or n < 0: raise ValueError("n")
    idx = np.arange(n)
    for s in range(0, n, 64):
        rng.shuffle(idx[s:s+64])
    out = [idx[i:i+batch_size] for i in range(0, n, batch_size)]
    if drop_last and out and len(out[-1]) < batch_size: out.pop()
    return iter(out)
