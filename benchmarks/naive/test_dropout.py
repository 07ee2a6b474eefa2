"""Hidden tests of `dropout` as most courses write them: in the learner's process, beside the reference."""

import dropout as submission
import numpy as np
import pytest
import reference

X = np.random.default_rng(0).normal(size=(200, 50))


@pytest.mark.parametrize("p", [0.1, 0.5])
def test_rate(p):
    result = submission.dropout(X, p, True, np.random.default_rng(1))
    assert abs(np.mean(result == 0) - p) < 0.02


def test_values():
    result = submission.dropout(X, 0.5, True, np.random.default_rng(1))
    assert np.allclose(result[result != 0], 2 * X[result != 0])
    assert np.mean(result != 0) > 0.4


def test_evaluation():
    expected = reference.dropout(X, 0.5, False, np.random.default_rng(1))
    assert np.array_equal(submission.dropout(X, 0.5, False, np.random.default_rng(1)), expected)


def test_equal_generators():
    first, second = (submission.dropout(X, 0.5, True, np.random.default_rng(1)) for _ in range(2))
    assert np.array_equal(first, second)
    assert not np.array_equal(first, X)
