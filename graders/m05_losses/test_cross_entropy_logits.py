"""Hidden checks of cross_entropy_logits."""

import math

import numpy as np
import pytest

from winnow.checks import call, judges
from winnow.checks.recipes import asked

VALUE = judges.number(rtol=1e-7, atol=1e-9)


def samples(rng, batch, classes, spread=2.0):
    """Logits of samples that are right, wrong and undecided, and their labels: every class at least once."""
    logits = rng.normal(scale=spread, size=(batch, classes))
    labels = rng.permutation(np.arange(batch) % classes).astype(np.int64)
    return logits, labels


def plain(rng):
    for batch, classes in ((1, 3), (5, 4), (12, 2), (7, 7)):
        yield call(*samples(rng, batch, classes))
    logits, labels = samples(rng, 6, 3)
    yield call(logits + rng.uniform(3, 9, (6, 1)), labels)
    # So certain that what single precision loses is much of the loss.
    yield call(np.array([[0.0, 11.0, 0.5], [12.0, -1.0, 0.0]]) + rng.uniform(0, 0.4, (2, 3)), np.array([1, 0]))
    # Two wrong classes are the best; and more classes than a byte counts.
    yield call(np.array([[1.0, 1.0, 0.0], [0.0, 2.0, 2.0]]) + rng.normal(), np.array([2, 0]))
    yield call(rng.normal(size=(2, 300)), np.array([200, 299]))
    # One class alone is certain, however many samples there are.
    yield call(rng.normal(size=(4, 1)), np.zeros(4, dtype=np.int64))


def large(rng):
    """Logits up to a million, far apart or all large, and up to 1e300, where only NaN is wrong."""
    for size in (80.0, 1e3, 1e6):
        logits, labels = samples(rng, 6, 3)
        yield call(logits / np.abs(logits).max() * size, labels)
        yield call(size / 2 + logits, labels)
        yield call(-size / 2 + logits, labels)
    yield call(np.array([[1e6, -1e6], [-1e6, 1e6]]), np.array([1, 1]))
    yield call(np.array([[1e6], [-1e6]]), np.array([0, 0]))
    # A probability that is a number still, of few digits.
    yield call(np.array([[rng.uniform(735, 744), 0.0]]), np.array([1]))
    yield call(np.array([[1e300, -1e300, 0.0], [-1e300, 1e300, 1e300]]), np.array([1, 2]))
    yield call(np.full((2, 3), -1e300), np.array([0, 1]))


def precise_or_no_nan(call, got, want):
    """Beyond a million the number may be rounded or infinite, but not NaN."""
    if np.abs(call.args[0]).max() <= 1e6:
        return VALUE(call, got, want)
    value = judges.plain_number(got.value)
    if got.raised is None and isinstance(value, float) and not math.isnan(value):
        return None
    return VALUE(call, got, want) or "the value is wrong"


def layouts(rng):
    logits, labels = samples(rng, 5, 5)
    labels.flags.writeable = False
    yield call(np.asfortranarray(logits), labels)
    yield call(logits[::-1], labels)
    wide, more = samples(rng, 8, 4)
    yield call(wide[::2], more[::2])
    locked = logits.copy()
    locked.flags.writeable = False
    yield call(locked, labels.copy())


def refused(rng):
    logits, labels = samples(rng, 4, 3)
    for label in (3, 256, -1, -3, -100):
        off = labels.copy()
        off[2] = label
        yield call(logits, off)
    for size in (3, 1, 5):
        yield call(logits, np.zeros(size, dtype=np.int64))
    yield call(logits, labels[:, None])
    yield call(logits, np.int64([[0, 1, 2]] * 4))
    for count in (1, 3):
        yield call(logits[0], labels[:count])
    yield call(logits[None], labels[None])
    yield call(logits[None], labels[:1])
    yield call(logits[:, None], labels)
    yield call(logits[..., None], labels)
    yield call(np.zeros((0, 3)), np.zeros(0, dtype=np.int64))
    yield call(logits, labels)
    yield call(logits[:, :1], np.zeros(4, dtype=np.int64))
    # Of one class the loss is 0, but a label is out of range all the same.
    yield call(logits[:, :1], np.int64([0, 0, 1, 0]))


def ints(*values):
    return np.array(values, dtype=np.int64)


def rows(*values):
    return np.array(values, dtype=float)


SMALL = [
    call(rows([1, 1, 0]), ints(2)), call(rows([1, 0]), ints(0)),
    call(rows([0, 1]), ints(0)), call(rows([2, 0, 0]), ints(1)),
    call(rows([0, 0], [2, 0]), ints(0, 1)), call(rows([0, 0]), ints(1)), call(rows([1, 0], [0, 2]), ints(1, 0)),
    call(rows([800, 0], [-800, -801]), ints(0, 0)), call(rows([800, 0]), ints(0)), call(rows([800, 0]), ints(1)),
    call(rows([-800, -801]), ints(0)), call(rows([1e300, -1e300]), ints(1)), call(rows([1e6, 0]), ints(1)),
    call(rows([740, 0]), ints(1)),
    call(rows([3]), ints(0)), call(rows([3], [1]), ints(0, 0)),
    call(np.asfortranarray(rows([1, 2], [0, 3])), ints(0, 0)), call(rows([3, 0], [0, 0], [0, 1]), ints(0, 1, 1)),
    call(rows([11, 0]), ints(0)), call(rows([1000]), ints(0)),
]  # fmt: skip
BAD = [
    call(rows([0, 1]), ints(2)), call(rows([0, 1]), ints(-1)), call(rows([0, 1]), ints(-2)),
    call(rows([0, 1]), ints(256)),
    call(rows([0, 1], [1, 0]), ints(0, -100)),
    call(rows([0, 1]), ints(0, 1)), call(rows([0, 1], [1, 0]), ints(0)), call(np.zeros(2), ints(0)),
    call(np.zeros((1, 1, 2)), ints(0)), call(rows([0, 1]), np.array([[0]])), call(np.zeros((1, 1, 2)), np.array([[0]])),
    call(np.zeros((0, 2)), np.zeros(0, dtype=np.int64)), call(rows([0, 1]), ints(1)),
    call(rows([0, 1], [1, 0]), np.array([[0, 1], [1, 0]])), call(rows([0]), ints(1)),
]  # fmt: skip


@pytest.mark.points(2)
def test_plain_logits(cross_entropy_logits, agree):
    """the mean over the samples of -log softmax(logits)[label]"""
    agree(cross_entropy_logits, **asked(plain, SMALL), judge=VALUE)


@pytest.mark.points(2.5)
def test_any_large_logits(cross_entropy_logits, agree):
    """logits up to a million give a precise loss, logits up to 1e300 one that is not NaN"""
    why = "clip nothing, add nothing, and subtract the largest logit of each row before exp"
    agree(cross_entropy_logits, **asked(large, SMALL), judge=judges.because(why, precise_or_no_nan))


@pytest.mark.points(0.5)
def test_layouts(cross_entropy_logits, agree):
    """samples are found by their index, wherever they lie in memory; nothing given or global is changed; a float"""
    agree(
        cross_entropy_logits,
        **asked(layouts, SMALL),
        judge=judges.number(rtol=1e-7, atol=1e-9, python=True),
        unchanged=True,
        alone=True,
    )


@pytest.mark.points(2)
@pytest.mark.edge
def test_refusals(cross_entropy_logits, agree):
    """labels that are no class, shapes that do not fit, no sample: ValueError"""
    agree(cross_entropy_logits, **asked(refused, BAD), judge=judges.refusal)
