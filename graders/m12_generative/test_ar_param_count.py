"""Hidden checks of ar_param_count."""

import pytest

from winnow.checks import call, driver, judges, same
from winnow.checks.recipes import asked


def count(call, got, want):
    """An exact integer, Python's or numpy's."""
    from dataclasses import replace

    value = int(got.value) if type(got.value).__name__.startswith(("int", "uint")) else got.value
    return same(replace(got, value=value), want)


def of(kind):
    def draw(rng):
        for n in (1, 2, 3, int(rng.integers(4, 7)), int(rng.integers(7, 12))):
            yield call(n, kind)
            yield call(n, kind, states=int(rng.integers(3, 6)))
        yield call(int(rng.integers(4, 9)), kind, 7)

    return draw


@driver(shows="ar_param_count({n}, {kind}, states={states})")
def digits(ar_param_count, n, kind, states):
    import numbers

    value = ar_param_count(n, kind, states=states)
    # A text of the same digits is no number, and keeps its quotation marks.
    return str(int(value)) if isinstance(value, numbers.Integral) and not isinstance(value, bool) else repr(value)


def large(rng):
    """Numbers that no float holds exactly."""
    for kind in ("joint", "chain"):
        yield call(int(rng.integers(60, 90)), kind, 2)
        yield call(int(rng.integers(40, 50)), kind, 3)
        yield call(int(rng.integers(300, 400)), kind, 5)
        yield call(1000, kind, 2)
    yield call(1000, "markov", 10)
    yield call(1000, "independent", 10)


def refused(rng):
    for at, kind in enumerate(KINDS):
        yield call(0, kind)
        yield call(-int(rng.integers(1, 9)), kind)
        yield call(3, kind, states=1)
        yield call(3, kind, states=0)
        yield call(3, kind, states=-at)
        yield call(int(rng.integers(2, 5)), kind, states=3)
        yield call(1, kind, states=2)
        yield call(1, kind, states=1)
    for kind in ("Joint", "markov ", "", "independ"):
        yield call(3, kind)
        # Of one variable all kinds are one; another kind is none of them.
        yield call(1, kind)


KINDS = ("joint", "chain", "markov", "independent")
SMALL = [call(n, kind, **states) for n in (1, 2, 3, 4) for states in ({}, {"states": 3}) for kind in KINDS]
BIG = [call(3, kind, 2) for kind in KINDS] + [call(n, kind, s) for n, s in ((70, 2), (40, 3)) for kind in KINDS]
BIG += [call(1000, "independent", 2)]
SIZES = ((0, 2), (-1, 2), (2, 1), (2, 0), (2, -1), (2, 2), (1, 2), (1, 1))
BAD = [call(n, kind, states=s) for kind in KINDS for n, s in SIZES]
BAD += [call(n, kind) for n in (2, 1) for kind in ("Joint", "markov ", "", "independ")]


@pytest.mark.points(1.25)
def test_joint(ar_param_count, agree):
    """one table: one number less than it has entries"""
    agree(ar_param_count, **asked(of("joint"), SMALL), judge=count)


@pytest.mark.points(1.25)
def test_chain(ar_param_count, agree):
    """the chain rule with full conditionals: as many as one table"""
    agree(ar_param_count, **asked(of("chain"), SMALL), judge=count)


@pytest.mark.points(1.25)
def test_markov(ar_param_count, agree):
    """each depends on the one before, with a table at every position"""
    agree(ar_param_count, **asked(of("markov"), SMALL), judge=count)


@pytest.mark.points(1.25)
def test_independent(ar_param_count, agree):
    """each variable by itself"""
    agree(ar_param_count, **asked(of("independent"), SMALL), judge=count)


@pytest.mark.points(1)
@pytest.mark.edge
def test_large_numbers(ar_param_count, agree):
    """exact integers, for up to 1000 variables; nothing global is changed"""
    why = "only Python's integers are exact at any size: no int64 of numpy's, no floats, and // for /"
    agree(ar_param_count, **asked(large, BIG), through=digits, judge=judges.because(why), alone=True)


@pytest.mark.points(1)
@pytest.mark.edge
def test_refusals(ar_param_count, agree):
    """n below 1, states below 2, another kind: ValueError"""
    agree(ar_param_count, **asked(refused, BAD), judge=judges.refusal)
