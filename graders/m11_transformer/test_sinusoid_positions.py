"""Hidden checks of sinusoid_positions."""

import pytest

from winnow.checks import call, driver, judges
from winnow.checks.recipes import asked


def tables(rng):
    for dim in (2, 4, 6, int(rng.integers(4, 12)) * 2):
        yield call(int(rng.integers(3, 12)), dim)
    yield call(int(rng.integers(20, 40)), 64)
    # Steps that are added up end beside this one.
    yield call(2, 98)


def far(rng):
    """Many positions: the slowest pair has turned a little, the fastest many times."""
    # More than the tables that are made once hold.
    yield call(int(rng.integers(5100, 5200)), 2)
    yield call(int(rng.integers(900, 1100)), 8)
    yield call(2, int(rng.integers(100, 130)) * 2)


def first_and_none(rng):
    yield call(0, 2 * int(rng.integers(1, 9)))
    yield call(1, 2 * int(rng.integers(1, 9)))
    yield call(0, 2)


def refused(rng):
    for dim in (1, 3, 2 * int(rng.integers(2, 9)) + 1, 0, -2, -3):
        yield call(4, dim)
    for length in (-1, -int(rng.integers(2, 9))):
        yield call(length, 4)
    yield call(0, 3)
    yield call(3, 2 * int(rng.integers(1, 9)))
    yield call(0, 4)


SMALL = [call(2, 2), call(3, 2), call(1, 2), call(2, 4), call(3, 4), call(1, 4), call(2, 6), call(0, 2), call(0, 4)]
BAD = [call(2, 3), call(2, 1), call(2, 0), call(2, -2), call(-1, 2), call(-2, 4), call(0, 3), call(1, 2), call(0, 4)]


@pytest.mark.points(4)
def test_tables(sinusoid_positions, agree):
    """sines in even columns, cosines in odd ones, of t / 10000^(2i/dim)"""
    agree(sinusoid_positions, **asked(tables, [*SMALL, call(12, 12)]))


@pytest.mark.points(1)
def test_far(sinusoid_positions, agree):
    """thousands of positions, and hundreds of columns"""
    agree(sinusoid_positions, **asked(far, [*SMALL, call(12, 12)]))


@driver(shows="sinusoid_positions({length}, {dim}), and once more when the caller has written 7 into the first result")
def overwritten(sinusoid_positions, length, dim):
    import numpy as np

    first = sinusoid_positions(length, dim)
    if not isinstance(first, np.ndarray):
        return [first, first, False]
    kept = first.copy()
    if first.flags.writeable:
        first[...] = 7.0
    second = sinusoid_positions(length, dim)
    return [kept, second.copy(), np.shares_memory(first, second)]


def new_each_time(call, got, want):
    """The same numbers again, and in memory of their own."""
    if isinstance(got.value, list) and got.value[2] is not want.value[2]:
        return "two calls return the same array"
    return judges.values()(call, got, want)


def owned(rng):
    yield call(3, 2 * int(rng.integers(10, 20)))


@pytest.mark.points(0.5)
@pytest.mark.edge
def test_a_new_array(sinusoid_positions, agree):
    """every call returns a new array"""
    agree(sinusoid_positions, **asked(owned, [call(2, 2)]), through=overwritten, judge=new_each_time, alone=True)


@pytest.mark.points(0.5)
@pytest.mark.edge
def test_one_position_and_none(sinusoid_positions, agree):
    """the first position is 0; length 0 gives (0, dim)"""
    agree(sinusoid_positions, **asked(first_and_none, SMALL))


@pytest.mark.points(1)
@pytest.mark.edge
def test_refusals(sinusoid_positions, agree):
    """an odd dim or one below 2, a length below 0: ValueError"""
    agree(sinusoid_positions, **asked(refused, BAD), judge=judges.refusal)
