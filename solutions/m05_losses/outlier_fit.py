"""A straight line under three losses, and what an outlier does to each."""

import numpy as np


def outlier_fit(x, y, loss):
    """Return the line y = w·x + b that minimises the mean loss, as the pair (w, b)."""
    if loss not in ("mse", "mae", "huber"):
        raise ValueError(f"the loss is mse, mae or huber, not {loss!r}")
    if x.shape != y.shape:
        raise ValueError(f"x has shape {x.shape} and y has shape {y.shape}")
    if len(x) < 2 or np.all(x == x[0]):
        raise ValueError("a line needs two different x")
    if loss == "mse":
        w, b = _least_squares(x, y, np.ones(len(x)))
    elif loss == "mae":
        w, b = _least_absolute(x, y)
    else:
        w, b = _least_huber(x, y)
    return float(w), float(b)


def _least_squares(x, y, weight):
    centre, level = np.average(x, weights=weight), np.average(y, weights=weight)
    slope = np.sum(weight * (x - centre) * (y - level)) / np.sum(weight * (x - centre) ** 2)
    return slope, level - slope * centre


def _least_absolute(x, y):
    """Some best line passes through two of the points: try them all."""
    first, second = np.triu_indices(len(x), 1)
    apart = x[first] != x[second]
    first, second = first[apart], second[apart]
    slopes = (y[second] - y[first]) / (x[second] - x[first])
    levels = y[first] - slopes * x[first]
    errors = np.abs(y - slopes[:, None] * x - levels[:, None])
    best = np.argmin(errors.mean(axis=1))
    return slopes[best], levels[best]


def _least_huber(x, y, delta=1.0):
    """The loss is convex: along each slope one level is best, and the best slope is where the derivative crosses 0."""
    u = x - x.mean()

    def level(slope):
        rest = y - slope * u
        return _crossing(lambda b: np.clip(rest - b, -delta, delta).sum(), rest.min(), rest.max())

    def fall(slope):
        return np.clip(y - slope * u - level(slope), -delta, delta) @ u

    # Between two points the slope is never steeper than this.
    steepest = np.ptp(y) / np.min(np.diff(np.unique(x))) + 1.0
    slope = _crossing(fall, -steepest, steepest)
    return slope, level(slope) - slope * x.mean()


def _crossing(falling, low, high):
    """Where a falling function crosses 0, by halving."""
    for _ in range(60):
        middle = (low + high) / 2
        if falling(middle) > 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2
