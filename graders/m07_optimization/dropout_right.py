"""Right ways to write dropout: each is graded as an answer, and the reference is held against it."""

from statistics import NormalDist

import numpy as np
import pandas as pd
import torch


def _inverted(decide):
    """The answer with `decide(p, size, rng)`: for each of so many elements, whether it is kept."""

    def answer(x, p, train, rng):
        if p < 0 or p > 1:
            raise ValueError("p must be in [0, 1]")
        if not train or p == 0:
            return x
        return np.where(np.reshape(decide(p, x.size, rng), x.shape), x, 0.0) / (1 - p if p < 1 else 1)

    return answer


dropout_by_coins = _inverted(lambda p, size, rng: rng.binomial(1, 1 - p, size=size))
dropout_by_normal_quantile = _inverted(
    lambda p, size, rng: rng.standard_normal(size) > (NormalDist().inv_cdf(p) if p < 1 else np.inf)
)
dropout_by_pandas = _inverted(lambda p, size, rng: pd.Series(rng.random(size)).between(p, 1.0).to_numpy())


def dropout_by_loop(x, p, train, rng):
    """One element after another."""
    if not 0 <= p <= 1:
        raise ValueError("no probability")
    y = np.array(x)
    if train:
        for place in np.ndindex(y.shape):
            y[place] = 0.0 if rng.uniform() < p else y[place] / (1.0 - p)
    return y


def dropout_by_index(x, p, train, rng):
    """The places that are dropped, by their numbers."""
    if not 0 <= p <= 1:
        raise ValueError("no probability")
    rate = p if train else 0.0
    flat = x.ravel() / max(1 - rate, 1e-300)
    flat[np.flatnonzero(rng.random(x.size) < rate)] = 0.0
    return flat.reshape(x.shape)


def dropout_by_torch(x, p, train, rng):
    if not 0 <= p <= 1:
        raise ValueError("no probability")
    share = torch.full(x.shape, 1 - p if train else 1, dtype=torch.float64)
    kept = torch.bernoulli(share, generator=torch.Generator().manual_seed(int(rng.integers(2**62))))
    return (torch.tensor(x.tolist(), dtype=torch.float64) * kept / share.clamp(min=1e-300)).numpy()
