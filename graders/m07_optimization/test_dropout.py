"""Hidden checks of dropout."""

import math
from itertools import combinations

import numpy as np
import pytest

from winnow.checks import call, driver, judges
from winnow.checks.chance import Share, agreement, chance, equal_and_other, follow
from winnow.checks.recipes import asked, each


def generator(rng):
    """A generator that a learner can make, too."""
    return np.random.default_rng(int(rng.integers(10**6)))


def filled(rng, shape):
    """Numbers of both signs, none of them near 0."""
    return np.array(rng.uniform(0.5, 3.0, shape) * rng.choice([-1.0, 1.0], shape))


def once(rng, shape, p, train):
    return filled(rng, shape), p, train, generator(rng)


def with_a_zero(rng, shape, p, train):
    x, *rest = once(rng, shape, p, train)
    x.flat[0] = 0.0
    return x, *rest


def few(*ps, x=(1.0, 2.0, 3.0, 4.0), train=True):
    """Small calls of dropout with these probabilities."""
    return [call(np.array(x), p, train, np.random.default_rng(seed)) for p in ps for seed in (0, 1)]


def in_all_layouts(rng):
    for p in (0.2, 0.5, 0.9):
        yield call(filled(rng, (200,)), p, True, generator(rng))
        yield call(filled(rng, (20, 15)), p, True, generator(rng))
        yield call(filled(rng, (15, 20)).T, p, True, generator(rng))
    locked = filled(rng, (4, 50, 3))[::-1]
    locked.flags.writeable = False
    yield call(locked, 0.3, True, generator(rng))
    # Not all are dropped, even where one decision is made for all elements.
    for _ in range(4):
        yield call(filled(rng, (2, 3)), 1e-3, True, generator(rng))


def masked(x, value):
    """None where a value, or each of a stack of them, is x with some elements set to 0 and the others scaled alike, by
    whatever factor."""
    if np.shape(value)[np.ndim(value) - x.ndim :] != x.shape:
        return "the shape of the result is wrong"
    factors, kept = np.reshape(value / x, (-1, x.size)), np.reshape(value != 0, (-1, x.size))
    low, high = np.where(kept, factors, np.inf).min(axis=1), np.where(kept, factors, -np.inf).max(axis=1)
    alike = (high - low <= 1e-5 * np.abs(low)) | ~kept.any(axis=1)
    return None if alike.all() else "what is kept is no multiple of x"


def zero_or_scaled(call, value):
    """Each element is 0 or x / (1 - p); how many of each is another check's."""
    x, p = call.args[:2]
    if np.shape(value) != x.shape or value.dtype != np.float64:
        return "the result is no float64 array of x's shape"
    if np.array_equal(value, x):
        return "the result is x itself, as in evaluation"
    right = (value == 0) | np.isclose(value, x / (1 - p), rtol=1e-7, atol=1e-9)
    # In other layouts it can happen that a copy is changed. That nothing is dropped has a chance of (1 - p) ** size.
    if not x.flags.c_contiguous and (1 - p) ** x.size < 1e-12 and value.all():
        return "nothing is dropped"
    return masked(x, value) or (None if right.all() else f"what is kept is {(value / x)[~right][0]:.4g} times x")


def some_but_not_all(calls, values):
    if all(np.array_equal(call.args[0], value) for call, value in zip(calls, values, strict=True)):
        return "nothing is dropped"
    return None if any(map(np.any, values)) else "everything is dropped"


@pytest.mark.points(1.25)
def test_zero_or_scaled(dropout, agree):
    """in training each element is 0 or x / (1 - p), in any shape and memory layout"""
    judge = judges.holds(zero_or_scaled, some_but_not_all, drawn=True)
    agree(dropout, **asked(in_all_layouts, [*few(0.2, 0.9, 0.5), *few(0.5, x=np.ones((8, 8)).T)]), judge=judge)


@driver(shows="np.stack([dropout({x}, {p}, True, rng) for _ in range({times})]) with rng = {rng}")
def many(dropout, x, p, times, rng):
    import numpy as np

    return np.stack([np.array(dropout(x, p, True, rng), dtype=float) for _ in range(times)])


def repeated(rng, shape, p, times):
    return filled(rng, shape), p, times, generator(rng)


def zeros(call, value):
    if value.shape != (call.args[2], *call.args[0].shape):
        yield "the shape of the result is wrong"
    yield masked(call.args[0], value)
    yield Share("the share of zeros", int((value == 0).sum()), value.size, call.args[1])


@pytest.mark.points(1)
def test_rate(dropout, agree):
    """an element is dropped with probability p, also if it is the only one"""
    ways = [(shape, p, times) for p in (0.1, 0.9, 0.5) for shape, times in (((60,), 1), ((), 60))]
    # Of ten thousand elements one is dropped even at p = 0.003, which is no whole percent, and one kept at 0.997.
    few_or_most = 0.003, 0.997
    ways += [((10_000,), p, 1) for p in few_or_most]
    small = [call(np.ones(shape), p, times, np.random.default_rng(0)) for shape, p, times in ways]
    cases = [*(((40, 50), p, 2) for p in (0.15, 0.3, 0.8)), ((), 0.5, 200), *(((100, 100), p, 1) for p in few_or_most)]
    agree(dropout, **each(repeated, cases, small), through=many, judge=chance(zeros))


def independent(call, value):
    yield masked(call.args[0], value)
    dropped = value == 0
    if not (dropped.any() or (value - call.args[0]).any()):
        yield "the result is x itself, as in evaluation"
    if len(dropped) > 1 and (dropped == dropped[0]).all():
        yield "every call drops the same elements"
    if not dropped.any() or dropped.all():
        yield "nothing is dropped, or everything is"
    # By chance that happens to so many elements once in 10^14 times; to seeds of a few digits it happens soon.
    if call.args[0].size >= 64 and len(set(map(bytes, dropped))) < len(dropped):
        yield "two of the calls drop the same elements"
    for axis in range(value.ndim):
        of = f"along axis {axis - 1}, the share of neighbours that share their fate" if axis else (
            "from call to call, the share of elements that share their fate")  # fmt: skip
        yield agreement(of, dropped, axis)
    if len(dropped) >= 100:
        fates = list(dropped.reshape(len(dropped), -1).T)
        half = len(fates) // 2
        exactly = int((sum(fates) == half).sum())
        chance_of_half = math.comb(len(fates), half) / 2 ** len(fates)
        yield Share("the share of calls that drop exactly half of the elements", exactly, len(dropped), chance_of_half)
        if len(fates) > 6:
            return
        for at, one in enumerate(fates):
            yield Share(f"the share of calls that drop element {at}", int(one.sum()), len(one), call.args[1])
        for (at, one), (place, other) in combinations(enumerate(fates), 2):
            of = f"the share of calls in which elements {at} and {place} share their fate"
            yield Share(of, int((one == other).sum()), len(one), 0.5)


@pytest.mark.points(1.25)
def test_every_element_by_itself(dropout, agree):
    """neighbours along every axis are decided independently, and so are two calls"""
    shapes = [((60,), 1), ((30, 2), 1), ((2, 30), 1), ((), 60), ((2, 1, 30), 1), ((2,), 30), ((6,), 100)]
    small = [call(np.ones(shape), 0.5, times, np.random.default_rng(0)) for shape, times in shapes]
    cases = [
        ((300,), 2),
        ((40, 12), 2),
        ((12, 40), 2),
        ((8, 6, 10), 2),
        ((3, 4, 5, 8), 2),
        ((2,), 150),
        ((6,), 150),
        ((64,), 300),
        (None, 150),
        ((), 150),
    ]

    def of_any_size(rng, shape, p, times):
        """Where there is no shape, so many elements that none knows how many are asked for."""
        return repeated(rng, (2 * int(rng.integers(4, 20)),) if shape is None else shape, p, times)

    asked_for = each(of_any_size, [(shape, 0.5, times) for shape, times in cases], small)
    agree(dropout, **asked_for, through=many, judge=chance(independent))


@driver(
    shows="[[dropout({x}, 0.5, True, rng) for _ in range({times})] for rng in {rngs}], then the same with others that "
    "begin where these have come to, and with these again"
)
def again(dropout, x, times, rngs, others):
    import numpy as np

    def draw(rng):
        return np.stack([np.array(dropout(x, 0.5, True, rng), dtype=float) for _ in range(times)])

    first = [draw(rng) for rng in rngs]
    for rng, other in zip(rngs, others, strict=True):
        other.bit_generator.state = rng.bit_generator.state
    return np.stack(first), np.stack([draw(rng) for rng in others]), np.stack([draw(rng) for rng in rngs])


def several(rng, shape):
    # One decision for all elements, another check's, is the same every other time, and not 40 times.
    return filled(rng, shape), 40, *equal_and_other(rng)


def the_generator_alone(call, value):
    x, _, rngs, _ = call.args
    return follow(rngs, *value) or masked(x, np.concatenate(value).reshape(-1, *value[0].shape[2:]))


@pytest.mark.points(0.75)
def test_the_generator_decides(dropout, agree):
    """equal generators give equal results, and a second call gives another"""
    small = [call(np.arange(1.0, 13.0), times, *equal_and_other()) for times in (1, 2)]
    judge = judges.holds(the_generator_alone, drawn=True)
    agree(dropout, **each(several, [((20,),), ((3, 5),)], small), through=again, judge=judge, alone=True)


@pytest.mark.points(0.75)
def test_evaluation(dropout, agree):
    """in evaluation the result is x, whatever p is"""
    cases = [(shape, p, False) for shape in ((), (7,), (3, 4), (2, 3, 4)) for p in (0.0, 0.4, 1.0)]
    cases.append(((3,), 1.0, True))
    why = "in evaluation the result is x, at p = 1 too: look at train before p"
    agree(dropout, **each(once, cases, few(0.5, 0.2, train=False)), judge=judges.because(why, judges.values()))


@pytest.mark.points(0.75)
@pytest.mark.edge
def test_all_or_nothing(dropout, agree):
    """p = 0 drops nothing, and p = 1 everything, without NaN"""
    cases = [(shape, p, True) for shape in ((), (7,), (3, 4)) for p in (0.0, 1.0)]
    agree(dropout, **each(with_a_zero, cases, few(0.0, 1.0) + few(1.0, x=(0.0, 1.0))), judge=judges.values())


@pytest.mark.points(0.75)
@pytest.mark.edge
def test_refuses_what_is_no_probability(dropout, agree):
    """p outside of [0, 1] is a ValueError, in evaluation too"""
    small = few(1.5, -0.5) + few(1.5, -0.5, train=False) + few(0.5)
    ps = (1.5, -0.25, 1.0 + 1e-9, -1e-9, 7.0, 0.0, 0.5, 1.0)
    cases = [((3,), p, train) for p in ps for train in (True, False)]
    agree(dropout, **each(once, cases, small), judge=judges.refusal)


@pytest.mark.points(0.5)
@pytest.mark.edge
def test_leaves_x_alone(dropout, agree):
    """neither x nor anything global is changed"""
    cases = [((4, 5), p, True) for p in (0.5, 0.5, 1.0, *[1e-3] * 4)]
    judge = judges.holds(lambda call, value: masked(call.args[0], value), some_but_not_all, drawn=True)
    agree(dropout, **each(once, cases, few(0.5, 1.0)), judge=judge, unchanged=True, alone=True)
