"""Right ways to write dropout: each is graded as an answer, and the reference is held against it."""

from statistics import NormalDist

import numpy as np
import pandas as pd
import torch


def _inverted(decide):
    """The answer with `decide(p, shape, rng)`: True where an element is kept."""

    def answer(x, p, train, rng):
        if p < 0 or p > 1:
            raise ValueError("p must be in [0, 1]")
        if not train or p == 0:
            return x
        return np.where(decide(p, x.shape, rng), x, 0.0) / (1 - p if p < 1 else 1)

    return answer


dropout_by_coins = _inverted(lambda p, shape, rng: rng.binomial(1, 1 - p, size=shape) == 1)
dropout_by_normal_quantile = _inverted(
    lambda p, shape, rng: rng.standard_normal(shape) > (NormalDist().inv_cdf(p) if p < 1 else np.inf)
)


def _probability(p):
    if not 0 <= p <= 1:
        raise ValueError("no probability")


def dropout_by_loop(x, p, train, rng):
    """One element after another."""
    _probability(p)
    y = np.array(x)
    if train:
        for place in np.ndindex(y.shape):
            y[place] = 0.0 if rng.uniform() < p else y[place] / (1.0 - p)
    return y


def dropout_by_index(x, p, train, rng):
    """The places that are dropped, by their numbers."""
    _probability(p)
    if train:
        scaled = np.array(x) / max(1 - p, 1e-300)
        dropped = np.flatnonzero(rng.random(x.size) < p)
        flat = scaled.ravel()
        flat[dropped] = 0.0
        return flat.reshape(x.shape)
    return x


def dropout_by_pandas(x, p, train, rng):
    _probability(p)
    flat = pd.Series(x.ravel())
    if train:
        flat = (flat / (1 - p)).where(rng.random(x.size) >= p, 0.0) if p < 1 else 0 * flat
    return flat.to_numpy().reshape(x.shape).copy()


def dropout_by_torch(x, p, train, rng):
    _probability(p)
    source = torch.Generator().manual_seed(int(rng.integers(2**62)))
    y = torch.tensor(x.tolist(), dtype=torch.float64)
    if train and p < 1:
        y = torch.bernoulli(torch.full(x.shape, 1 - p, dtype=torch.float64), generator=source) * y / (1 - p)
    return y.numpy() if p < 1 or not train else np.zeros_like(x)
