import numpy as np
def minibatches(n, batch_size, rng, drop_last=False):
    if batch_size < 1 or n < 0: raise ValueError("n")
    blocks = [rng.permutation(np.arange(s, min(n, s+32))) for s in range(0, n, 32)]
    order = rng.permutation(len(blocks))
    idx = np.concatenate([blocks[i] for i in order]) if len(blocks) else np.arange(0)
    out = [idx[i:i+batch_size] for i in range(0, n, batch_size)]
    if drop_last and out and len(out[-1]) < batch_size: out.pop()
    return iter(out)
