import numpy as np
def minibatches(n, batch_size, rng, drop_last=False):
    if batch_size < 1 or n < 0: raise ValueError("n")
    buf, out = [], []
    for i in range(n):
        buf.append(i)
        if len(buf) == 50:
            out.append(buf.pop(int(rng.integers(len(buf)))))
    while buf:
        out.append(buf.pop(int(rng.integers(len(buf)))))
    idx = np.array(out, dtype=np.int64)
    out = [idx[i:i+batch_size] for i in range(0, n, batch_size)]
    if drop_last and out and len(out[-1]) < batch_size: out.pop()
    return iter(out)
