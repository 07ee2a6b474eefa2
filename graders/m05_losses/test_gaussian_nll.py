"""Hidden checks of gaussian_nll."""

import numpy as np
import pytest

from winnow.checks import call, judges
from winnow.checks.recipes import asked

VALUE = judges.number(rtol=1e-7, atol=1e-9)


def triple(rng, shape):
    """Means, logarithms of variances of both signs, and observations some deviations off."""
    mu = rng.normal(scale=3.0, size=shape)
    log_var = rng.uniform(0.4, 2.0, shape) * np.where(np.arange(int(np.prod(shape))).reshape(shape) % 2, -1.0, 1.0)
    return mu, log_var, mu + np.exp(log_var / 2) * rng.uniform(0.5, 2.5, shape) * rng.choice([-1.0, 1.0], shape)


def plain(rng):
    for shape in ((6,), (3, 4), (1,), (2, 1, 3)):
        yield call(*triple(rng, shape))


def exact(rng):
    """Where the prediction is exact, only the variance counts; where it is 1, only the error."""
    mu, log_var, y = triple(rng, (5,))
    yield call(mu, log_var, mu.copy())
    yield call(mu, np.zeros(5), y)
    yield call(*(np.array(one[0]) for one in (mu, log_var, y)))


def extreme(rng):
    """Variances from e^-100 to e^100, and large errors."""
    mu = rng.normal(size=4)
    y = mu + rng.uniform(0.5, 2, 4)
    yield call(mu, np.array([100.0, 60.0, 20.0, 100.0]), 1e4 * y)
    yield call(mu, np.array([-100.0, -60.0, -20.0, -90.0]), y)
    yield call(mu, np.full(4, -100.0), mu.copy())
    # Far from 0 and close to one another: squares that are expanded lose their difference.
    far = 1e6 + rng.uniform(0, 9, 4)
    yield call(far, np.full(4, -10.0), far + rng.uniform(0.01, 0.02, 4))


def layouts(rng):
    mu, log_var, y = triple(rng, (3, 3))
    y.flags.writeable = False
    yield call(np.asfortranarray(mu), log_var, y)
    yield call(mu, log_var[::-1], y)
    yield call(mu, np.asfortranarray(log_var), np.ascontiguousarray(y.T))
    yield call(mu.copy(), log_var.copy(), y.copy())


def refused(rng):
    mu, log_var, y = triple(rng, (3, 4))
    for place in range(3):
        for shape in ((4,), (1, 4), (3, 1), (), (12,), (4, 3), (1, 3, 4), (3, 4, 1)):
            given = [mu, log_var, y]
            given[place] = np.resize(given[place], shape)
            yield call(*given)
    yield call(mu[0, :1], log_var[0, :1], np.array(y[0, 0]))
    for shape in ((0,), (3, 0)):
        yield call(*(np.zeros(shape) for _ in range(3)))
    yield call(mu, log_var, y)
    yield call(mu[:1], log_var[:1], y[:1])


def array(*values):
    return np.array(values, dtype=float)


SMALL = [
    call(array(0), array(0), array(1)), call(array(0), array(0), array(0)), call(array(0), array(2), array(0)),
    call(array(0), array(2), array(1)), call(array(1), array(-1), array(3)),
    call(array(0, 0), array(0, 2), array(1, 2)), call(np.zeros((1, 2)), np.zeros((1, 2)), np.array([[1.0, 2.0]])),
    call(np.array(0.0), np.array(1.0), np.array(2.0)), call(array(0), array(-100), array(0)),
    call(array(0), array(100), array(1)), call(array(0), array(-10), array(1)),
    call(array(1e6), array(-10), array(1e6 + 0.01)), call(array(0), array(0), array(100)),
    call(np.asfortranarray(np.array([[0.0, 1], [2, 3]])), np.array([[0.0, 1], [2, 0]]), np.zeros((2, 2))),
]  # fmt: skip
ZERO = np.zeros(2)
BAD = [
    call(ZERO, ZERO.copy(), np.zeros((2, 1))), call(ZERO, np.zeros((2, 1)), ZERO.copy()),
    call(np.zeros((2, 1)), ZERO, ZERO.copy()), call(ZERO, ZERO.copy(), array(1)), call(ZERO, array(0), ZERO.copy()),
    call(array(0), ZERO, ZERO.copy()), call(ZERO, np.array(0.0), ZERO.copy()),
    call(np.zeros(0), np.zeros(0), np.zeros(0)), call(np.zeros((2, 0)), np.zeros((2, 0)), np.zeros((2, 0))),
    call(ZERO, ZERO.copy(), array(0, 1)), call(np.zeros((2, 2)), np.zeros(4), np.zeros((2, 2))),
    call(np.zeros(4), np.zeros(4), np.zeros((2, 2))), call(array(0), array(0), np.array(0.0)),
]  # fmt: skip


@pytest.mark.points(2.5)
def test_any_arrays(gaussian_nll, agree):
    """the mean over all elements of half of log 2π + log_var + (y - mu)² / exp(log_var)"""
    agree(gaussian_nll, **asked(plain, SMALL), judge=VALUE)


@pytest.mark.points(1.5)
def test_term_by_term(gaussian_nll, agree):
    """an exact prediction costs its uncertainty, a variance of 1 the error alone; 0-d arrays as well"""
    agree(gaussian_nll, **asked(exact, SMALL), judge=VALUE)


@pytest.mark.points(1)
def test_layouts(gaussian_nll, agree):
    """elements are paired by their index, wherever they lie in memory; nothing given or global is changed; a float"""
    agree(
        gaussian_nll,
        **asked(layouts, SMALL),
        judge=judges.number(rtol=1e-7, atol=1e-9, python=True),
        unchanged=True,
        alone=True,
    )


@pytest.mark.points(1)
@pytest.mark.edge
def test_extreme_variances(gaussian_nll, agree):
    """log_var from -100 to 100"""
    why = "log_var may be as large as 100 and as small as -100: clip nothing, and add nothing to the variance"
    agree(gaussian_nll, **asked(extreme, SMALL), judge=judges.because(why, VALUE))


@pytest.mark.points(1)
@pytest.mark.edge
def test_refusals(gaussian_nll, agree):
    """different shapes, or no element: ValueError"""
    agree(gaussian_nll, **asked(refused, BAD), judge=judges.refusal)
