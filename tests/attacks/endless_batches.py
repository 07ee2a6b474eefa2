"""Attack, family 5: a generator without an end, of batches that change their length and never end either."""
import numpy as np


class Batch(np.ndarray):
    def __len__(self):
        return 4

    def __iter__(self):
        while True:
            yield 0


def minibatches(n, batch_size, rng, drop_last=False):
    while True:
        yield np.arange(4).view(Batch)
