"""Hidden checks of lie_factor."""

import pytest

from winnow.checks import call, judges
from winnow.checks.recipes import asked

VALUE = judges.number(rtol=1e-9)


def changes(rng, *dimensions, count=3):
    """Data and lengths that change by unlike shares, up and down."""
    for dimension in dimensions:
        for _ in range(count):
            before, drawn = float(rng.uniform(5, 40)), float(rng.uniform(0.5, 9))
            up, drawn_up = float(rng.uniform(1.2, 1.6)), float(rng.uniform(1.8, 2.6))
            rest = {} if dimension is None else {"dimension": dimension}
            yield call(before, before * up, drawn, drawn * drawn_up, **rest)
            yield call(before * up, before, drawn * drawn_up, drawn, **rest)


def lengths(rng):
    yield from changes(rng, None, 1)


def areas_and_volumes(rng):
    yield from changes(rng, 2, 3)


def other_signs(rng):
    """One grows while the other shrinks; the data are below 0, or fall to 0 or through it; nothing changes on paper."""
    before, drawn = float(rng.uniform(5, 40)), float(rng.uniform(0.5, 9))
    yield call(before, before * 1.5, drawn * 2, drawn)
    yield call(before * 1.5, before, drawn, drawn * 2, dimension=2)
    yield call(-before, -before * 1.25, drawn, drawn * 1.5)
    yield call(before, 0, drawn, drawn * 0.25)
    yield call(before, -before, drawn, drawn * 0.75)
    yield call(before, before * 2, drawn, drawn)


def whole_numbers(rng):
    for times in (1, 1, 2):
        before, drawn = int(rng.integers(3, 20)), int(rng.integers(2, 9))
        data, paper = times * before + int(rng.integers(1, 3)), times * drawn + 1
        yield call(before, data, drawn, paper, int(rng.integers(2, 4)))
    # A change of a millionth is one, and so is a small one of what is small.
    yield call(1000000, 1000002, 1000, 1003)
    yield call(0.002, 0.002000004, 0.003, 0.005)


def refused(rng):
    a, b, c = rng.uniform(1, 9, 3).tolist()
    yield call(0, a, b, c)
    yield call(0.0, a, b, c)
    yield call(a, a, b, c)
    yield call(a, a, b, b)
    for lengths in ((0, c), (b, 0), (-b, c), (b, -c), (-b, -c)):
        yield call(a, a + b, *lengths)
    for dimension in (0, 4, -1):
        yield call(a, a + b, b, c, dimension=dimension)
    for dimension in (1, 2, 3):
        yield call(a, 3 * a, b / 20, c / 20, dimension=dimension)


SMALL = [
    call(1, 2, 1, 2), call(1, 2, 1, 3), call(2, 3, 1, 2), call(2, 3, 1, 2, dimension=2),
    call(1, 2, 1, 2, dimension=2), call(1, 2, 1, 2, dimension=3), call(4, 2, 2, 1), call(2, 3, 2, 1),
    call(-2, -3, 1, 2), call(2, 0, 1, 2), call(2, 5, 2, 5.0),
]  # fmt: skip
BAD = [
    call(0, 1, 1, 2), call(2, 2, 1, 2), call(2, 2, 1, 1), call(1, 2, 0, 2), call(1, 2, 2, 0), call(1, 2, -1, 2),
    call(1, 2, 2, -1), call(1, 2, -1, -2), call(1, 2, 1, 2, dimension=0), call(1, 2, 1, 2, dimension=4),
    call(1, 2, 1, 2, dimension=-1), call(1, 2, 1, 2), call(1, 2, 1, 2, dimension=2), call(1, 2, 1, 2, dimension=3),
]  # fmt: skip


@pytest.mark.points(2)
def test_any_lengths(lie_factor, agree):
    """the relative change that is seen, divided by the relative change in the data"""
    agree(lie_factor, **asked(lengths, SMALL), judge=VALUE)


@pytest.mark.points(2)
def test_any_areas_and_volumes(lie_factor, agree):
    """an area grows with the square of the length, a volume with its cube"""
    agree(lie_factor, **asked(areas_and_volumes, SMALL), judge=VALUE)


@pytest.mark.points(1)
def test_signs(lie_factor, agree):
    """a change down has a minus, and so has what was below 0; no change on paper is a factor of 0"""
    agree(lie_factor, **asked(other_signs, SMALL), judge=VALUE)


@pytest.mark.points(0.5)
@pytest.mark.edge
def test_whole_numbers(lie_factor, agree):
    """ints are numbers like others, a small change is a change, and the factor is a float"""
    small = [
        *SMALL,
        call(1, 2, 1, 2, 2),
        call(1000000, 1000002, 1, 2),
        call(0.002, 0.002000004, 1, 2),
        call(1, 2, 0.003, 0.005),
    ]
    agree(lie_factor, **asked(whole_numbers, small), judge=judges.number(rtol=1e-9, python=True), alone=True)


@pytest.mark.points(1.5)
@pytest.mark.edge
def test_refusals(lie_factor, agree):
    """data from 0 or without change, lengths that are not above 0, another dimension: ValueError"""
    agree(lie_factor, **asked(refused, BAD), judge=judges.refusal)
