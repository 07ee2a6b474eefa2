def minibatches(n, batch_size, rng, drop_last=False):
    if batch_size < 1:
        raise ValueError("batch_size")
    if n < 0:
        raise ValueError("n")
    order = rng.permutation(n)
    for start in range(0, n, batch_size):
        batch = order[start : start + batch_size]
        if drop_last and len(batch) < batch_size:
            return
        yield batch.tolist()
