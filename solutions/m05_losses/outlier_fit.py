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
    # Between two points the slope is never steeper than this.
    steepest = np.ptp(y) / np.min(np.diff(np.unique(x))) + 1.0
    low, high = -steepest, steepest
    for _ in range(60):
        slope = (low + high) / 2
        level = _huber_level(y - slope * u, delta)
        if np.clip(y - slope * u - level, -delta, delta) @ u > 0:
            low = slope
        else:
            high = slope
    return slope, level - slope * x.mean()


def _huber_level(rest, delta):
    """Where the sum of the clipped rests crosses 0: it falls in straight pieces between these places."""
    places = np.sort(np.concatenate([rest - delta, rest + delta]))
    pull = np.clip(rest - places[:, None], -delta, delta).sum(axis=1)
    return np.interp(0.0, -pull, places)
