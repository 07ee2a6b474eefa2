"""Hidden checks of mlp_backward."""

import numpy as np
import pytest

from winnow.checks import call, judges, same
from winnow.checks.recipes import asked


def network(rng, batch, width, units, classes, scale=1.0):
    """Samples and a network; about half of the hidden units are on, none is at 0, and no input is of one sign."""
    while True:
        x = rng.normal(size=(batch, width))
        params = {
            "W1": rng.normal(size=(units, width)),
            "b1": 0.5 * rng.normal(size=units),
            "W2": scale * rng.normal(size=(classes, units)),
            "b2": rng.normal(size=classes),
        }
        before = x @ params["W1"].T + params["b1"]
        if np.abs(before).min() > 1e-3 and (before > 0).any(axis=0).any() and (before < 0).any():
            return x, rng.integers(0, classes, batch), params


def plain(rng):
    for shape in ((5, 3, 4, 3), (2, 4, 2, 5), (8, 2, 6, 2)):
        yield call(*network(rng, *shape))


def square(rng):
    """As many inputs as units as classes, where a forgotten transpose goes unseen."""
    yield call(*network(rng, 4, 3, 3, 3))
    yield call(*network(rng, 3, 3, 3, 3))
    yield call(*network(rng, 1, 2, 2, 2))


def corners(rng):
    """One sample, one input, one unit; one class, whose gradients are 0; equal samples."""
    yield call(*network(rng, 3, 1, 1, 2))
    yield call(*network(rng, 4, 3, 2, 1))
    yield call(*network(rng, 257, 1, 2, 2))
    # No unit is on; pre-activations that are small; parameters in another order.
    x, y, params = network(rng, 3, 3, 3, 3)
    off = {**params, "W1": -np.abs(params["W1"]), "b1": -np.abs(params["b1"])}
    yield call(np.abs(x), y, dict(reversed(off.items())))
    yield call(1e-9 * np.abs(x), y, {**params, "W1": np.abs(params["W1"]), "b1": np.zeros(3)})
    yield call(x, y, dict(reversed(params.items())))
    x, y, params = network(rng, 4, 3, 4, 3)
    yield call(np.repeat(x[:1], 3, axis=0), np.repeat(y[:1], 3), params)


def large(rng):
    """Logits of hundreds and up to a thousand."""
    for scale in (100.0, 300.0):
        x, y, params = network(rng, 4, 3, 3, 3)
        before = np.maximum(x @ params["W1"].T + params["b1"], 0)
        logits = before @ params["W2"].T
        params["W2"] *= scale * 3 / np.abs(logits).max()
        yield call(x, y, params)
    # One sample's logits are near 900, the other's near -900.
    size = rng.uniform(1, 2)
    weights = np.array([[900.0, -900.0], [899.0, -899.5]]) / size
    params = {"W1": np.eye(2), "b1": np.full(2, -0.5), "W2": weights, "b2": np.zeros(2)}
    yield call((size + 0.5) * np.eye(2), np.array([1, 0]), params)
    # Both are near 900.
    yield call(
        (size + 0.5) * np.eye(2), np.array([1, 0]), {**params, "W2": np.array([[900.0, 890.0], [899.0, 891.0]]) / size}
    )


def layouts(rng):
    x, y, params = network(rng, 4, 3, 3, 3)
    turned = {name: np.asfortranarray(value) for name, value in params.items()}
    yield call(np.asfortranarray(x), y, turned)
    yield call(x[::-1], y[::-1], params)
    for one in (x, y, *params.values()):
        one.flags.writeable = False
    yield call(x, y, params)
    yield call(*network(rng, 3, 2, 3, 2))


def of(*names):
    """Only these gradients, each with its shape and dtype, so that one slip fails one check."""

    def judge(call, got, want):
        problem = None
        if want.raised is not None or got.raised is not None or not isinstance(got.value, dict):
            return same(got, want)
        for name in names:
            if name not in got.value:
                return f"the gradient of {name} is missing"
            problem = problem or judges.part(name)(call, got, want)
        return problem

    return judge


def rows(*values):
    return np.array(values, dtype=float)


def net(W1, b1, W2, b2):
    return {"W1": rows(*W1), "b1": rows(*b1), "W2": rows(*W2), "b2": rows(*b2)}


EYE = net([[1, 0], [0, 1]], [0, 0], [[1, 0], [0, 1]], [0, 0])
SKEW = net([[1, 2], [0, -1]], [1, 0.5], [[1, 0], [2, 1]], [0, 1])
TALL = net([[1], [-1], [2]], [0, 1, -1], [[1, 0, 1], [0, 2, -1]], [0, 0])
SMALL = [
    call(rows([1, 2]), np.array([0]), EYE), call(rows([1, 2]), np.array([1]), SKEW),
    call(rows([1, -2]), np.array([0]), EYE), call(rows([-1, 2]), np.array([0]), SKEW),
    call(rows([2]), np.array([0]), TALL), call(rows([-2]), np.array([1]), TALL),
    call(rows([1, 2], [2, 1]), np.array([0, 1]), EYE), call(rows([1, 2], [-1, 1]), np.array([0, 0]), SKEW),
    call(rows([1], [3]), np.array([0, 1]), TALL), call(rows([900, 2]), np.array([1]), EYE),
    call(rows([1, -1], [-1, 1]), np.array([1, 0]), net([[1, 0], [0, 1]], [0, 0], [[900, -900], [899, -900]], [0, 0])),
    call(rows([1, 2], [2, -1]), np.array([1, 1]), SKEW),
    call(np.asfortranarray(rows([1, 2], [3, -1])), np.array([0, 1]), SKEW),
    call(rows([1, 2]), np.array([0]), net([[1, 0], [0, 1]], [0, 0], [[1, 1]], [0])),
    call(rows([1, -2], [2, 1], [1, 1]), np.array([0, 1, 1]), SKEW),
]  # fmt: skip


@pytest.mark.points(3)
def test_last_layer(mlp_backward, agree):
    """the gradients of W2 and b2: what came in times (softmax - one-hot), as a mean over the samples"""
    agree(mlp_backward, **asked(plain, SMALL), judge=of("W2", "b2"))


@pytest.mark.points(4)
def test_first_layer(mlp_backward, agree):
    """the gradients of W1 and b1: back through W2 and through the units that are on"""
    agree(mlp_backward, **asked(plain, SMALL), judge=of("W1", "b1"))


@pytest.mark.points(2)
def test_square_layers(mlp_backward, agree):
    """layers as wide as their inputs"""
    agree(mlp_backward, **asked(square, SMALL))


@pytest.mark.points(1)
def test_layouts(mlp_backward, agree):
    """arrays that lie in memory as they like; nothing given or global is changed"""
    agree(mlp_backward, **asked(layouts, SMALL), unchanged=True, alone=True)


@pytest.mark.points(2)
@pytest.mark.edge
def test_large_logits(mlp_backward, agree):
    """logits of up to a thousand give finite gradients"""
    why = "do not clip large logits: subtract the largest of each row"
    agree(mlp_backward, **asked(large, SMALL), judge=judges.because(why))


@pytest.mark.points(2)
@pytest.mark.edge
def test_small_networks(mlp_backward, agree):
    """one input, one unit, one class, equal samples"""
    agree(mlp_backward, **asked(corners, SMALL))
