"""Hidden checks of dropout."""

import math

import numpy as np
import pytest

from winnow.checks import call, driver, judges
from winnow.checks.chance import Share, agreement, chance, coins, equal_and_other, follow
from winnow.checks.recipes import each, locked


def filled(rng, shape):
    """Numbers of both signs, none of them near 0; without a shape, so many that none knows how many are asked for."""
    shape = 64 + 2 * int(rng.integers(20)) if shape is None else shape
    return np.array(rng.uniform(0.5, 3.0, shape) * rng.choice([-1.0, 1.0], shape))


def once(rng, shape, p, train=True, turn=np.asarray):
    """The arguments of one call, with a generator that a learner can make, too."""
    return turn(filled(rng, shape)), p, train, np.random.default_rng(int(rng.integers(10**6)))


def few(*ps, x=(1.0, 2.0, 3.0, 4.0), train=True):
    """Small calls of dropout with these probabilities."""
    return [call(np.array(x), p, train, np.random.default_rng(seed)) for p in ps for seed in (0, 1)]


def masked(x, value):
    """None where a value, or each of a stack, is x with some elements set to 0 and the others scaled, all alike."""
    if np.shape(value)[np.ndim(value) - x.ndim :] != x.shape:
        return "the shape of the result is wrong"
    factors, kept = np.reshape(value / x, (-1, x.size)), np.reshape(value != 0, (-1, x.size))
    low, high = np.where(kept, factors, np.inf).min(axis=1), np.where(kept, factors, -np.inf).max(axis=1)
    alike = (high - low <= 1e-5 * np.abs(low)) | ~kept.any(axis=1)
    return None if alike.all() else "what is kept is multiplied by factors that differ"


def zero_or_scaled(call, value):
    """Each element is 0 or x / (1 - p); how many of each is another check's."""
    x, p = call.args[:2]
    if np.shape(value) != x.shape or value.dtype != np.float64:
        return "the result is no float64 array of x's shape"
    if np.array_equal(value, x):
        return "the result is x itself, as in evaluation"
    # In other layouts it can happen that a copy is changed. That nothing is dropped has a chance of (1 - p) ** size,
    # that everything is, one of p ** size.
    if not x.flags.c_contiguous and max(p, 1 - p) ** x.size < 1e-12 and (value.all() or not value.any()):
        return "nothing is dropped" if value.all() else "everything is dropped"
    right = (value == 0) | np.isclose(value, x / (1 - p), rtol=1e-7, atol=1e-9)
    return None if right.all() else masked(x, value) or f"what is kept is {(value / x)[~right][0]:.4g} times x"


def some_but_not_all(calls, values):
    if all(np.array_equal(call.args[0], value) for call, value in zip(calls, values, strict=True)):
        return "nothing is dropped"
    return None if any(map(np.any, values)) else "everything is dropped"


@pytest.mark.points(1.25)
def test_zero_or_scaled(dropout, agree):
    """in training each element is 0 or x / (1 - p), in any shape and memory layout"""
    cases = [(200, 0.9), ((20, 15), 0.2), ((30, 4, 10), 0.3, True, lambda x: locked(x)[::-1])]
    cases += [((15, 20), p, True, np.transpose) for p in (0.5, 0.9)]
    # Not all are dropped, even where one decision is made for all elements.
    cases += [((2, 3), 1e-3)] * 3
    small = [*few(0.2, 0.9, 0.5), *few(0.5, x=np.ones((8, 8)).T)]
    agree(dropout, **each(once, cases, small), judge=judges.holds(zero_or_scaled, some_but_not_all, drawn=True))


@driver(shows="np.stack([dropout({x}, {p}, True, rng) for _ in range({times})]) with rng = {rng}")
def many(dropout, x, p, times, rng):
    import numpy as np

    return np.stack([np.array(dropout(x, p, True, rng), dtype=float) for _ in range(times)])


def ones(cases):
    """Small calls of `many`, with a shape, p and times for each."""
    return [call(np.ones(shape), p, times, np.random.default_rng(0)) for shape, p, times in cases]


def zeros(call, value):
    if value.shape != (call.args[2], *call.args[0].shape):
        yield "the shape of the result is wrong"
    yield masked(call.args[0], value)
    yield Share("the share of zeros", np.count_nonzero(value == 0), value.size, call.args[1])


@pytest.mark.points(1)
def test_rate(dropout, agree):
    """an element is dropped with probability p, also if it is the only one"""
    cases = [*(((40, 50), p, 2) for p in (0.15, 0.3, 0.8)), ((), 0.3, 150)]
    # Of ten thousand elements one is dropped even at p = 0.003, which is no whole percent, and one kept at 0.997.
    cases += [((100, 100), 0.003, 1), ((100, 100), 0.997, 1)]
    small = ones((shape, p, times) for p in (0.1, 0.9, 0.5) for shape, times in ((60, 1), ((), 60)))
    small += ones([(10_000, 0.003, 1), (10_000, 0.997, 1)])
    agree(dropout, **each(once, cases, small), through=many, judge=chance(zeros))


def independent(call, value):
    x, _, times, _ = call.args
    yield masked(x, value)
    dropped = value == 0
    if (value == x).all():
        yield "the result is x itself, as in evaluation"
    if times > 1 and (dropped == dropped[0]).all():
        yield "every call drops the same elements"
    # By chance that happens to so many elements once in 10^14 times; to seeds of a few digits it happens soon.
    if x.size >= 64 and len(set(map(bytes, dropped))) < times:
        yield "two of the calls drop the same elements"
    for axis in range(dropped.ndim):
        of = f"along axis {axis - 1}, the share of neighbours" if axis else "from call to call, the share of elements"
        yield agreement(f"{of} that share their fate", dropped, axis)
    fates = dropped.reshape(times, x.size)
    halves, by_chance = fates.sum(axis=1) == x.size // 2, math.comb(x.size, x.size // 2) / 2**x.size
    yield Share("the share of calls that drop exactly half of the elements", int(halves.sum()), times, by_chance)
    if x.size <= 6:
        yield from coins("dropped", fates)


@pytest.mark.points(1.25)
def test_every_element_by_itself(dropout, agree):
    """neighbours along every axis are decided independently, and so are two calls"""
    cases = [(shape, 0.5, 2) for shape in (300, (40, 12), (8, 6, 10), (3, 4, 5, 8))]
    cases += [(2, 0.5, 60), (6, 0.5, 150), ((), 0.5, 60), (None, 0.5, 300)]
    shapes = (60, 1), ((30, 2), 1), ((2, 30), 1), ((), 60), ((2, 1, 30), 1), (2, 30), (6, 100)
    small = ones((shape, 0.5, times) for shape, times in shapes)
    agree(dropout, **each(once, cases, small), through=many, judge=chance(independent))


@driver(
    shows="[[dropout(x, 0.5, True, rng) for _ in range({times}) for x in {xs}] for rng in {rngs}], then the same with "
    "others that begin where these have come to, and with these again"
)
def again(dropout, xs, times, rngs, others):
    import numpy as np

    def draw(rng):
        drawn = [dropout(x, 0.5, True, rng) for _ in range(times) for x in xs]
        return np.stack([np.array(one, dtype=float).ravel() for one in drawn])

    first = [draw(rng) for rng in rngs]
    for rng, other in zip(rngs, others, strict=True):
        other.bit_generator.state = rng.bit_generator.state
    return first, [draw(rng) for rng in others], [draw(rng) for rng in rngs]


def several(rng, *shapes):
    x = filled(rng, shapes[0])
    # One decision for all elements, another check's, is the same every other time, and not 15 times.
    return [x.reshape(shape) for shape in shapes], 15 // len(shapes), *equal_and_other(rng)


def the_generator_alone(call, value):
    xs, _, rngs, _ = call.args
    return follow(rngs, *value) or masked(xs[0], np.concatenate(value))


@pytest.mark.points(0.75)
def test_the_generator_decides(dropout, agree):
    """equal generators give equal results, and a second call gives another"""
    small = [call([np.arange(1.0, 13.0)], times, *equal_and_other()) for times in (1, 2)]
    judge = judges.holds(the_generator_alone, drawn=True)
    agree(dropout, **each(several, [(20, (4, 5), (2, 5, 2))], small), through=again, judge=judge, alone=True)


@pytest.mark.points(0.75)
def test_evaluation(dropout, agree):
    """in evaluation the result is x, whatever p is"""
    cases = [(shape, p, False) for shape in ((), 7, (3, 4), (2, 3, 4)) for p in (0.4, 1.0)]
    cases += [(3, 0.0, False), (3, 1.0)]
    why = "in evaluation the result is x, at p = 1 too: look at train before p"
    agree(dropout, **each(once, cases, few(0.5, 0.2, train=False)), judge=judges.because(why, judges.values()))


@pytest.mark.points(0.75)
@pytest.mark.edge
def test_all_or_nothing(dropout, agree):
    """p = 0 drops nothing, and p = 1 everything, without NaN"""
    # One of the elements is 0.
    cases = [(shape, p, True, lambda x: np.array(x - x.flat[0])) for shape in ((), 7, (3, 4)) for p in (0.0, 1.0)]
    agree(dropout, **each(once, cases, few(0.0, 1.0) + few(1.0, x=(0.0, 1.0))), judge=judges.values())


@pytest.mark.points(0.75)
@pytest.mark.edge
def test_refuses_what_is_no_probability(dropout, agree):
    """p outside of [0, 1] is a ValueError, in evaluation too"""
    small = few(1.5, -0.5) + few(1.5, -0.5, train=False) + few(0.5)
    cases = [(3, p, train) for p in (1.5, -0.25, 1.0 + 1e-9, -1e-9, 0.5) for train in (True, False)]
    agree(dropout, **each(once, [*cases, (3, 0.0), (3, 1.0)], small), judge=judges.refusal)


@pytest.mark.points(0.5)
@pytest.mark.edge
def test_leaves_x_alone(dropout, agree):
    """neither x nor anything global is changed"""
    cases = [((4, 5), p) for p in (0.5, 1.0, 1e-3, 1e-3)]
    judge = judges.holds(lambda call, value: masked(call.args[0], value), some_but_not_all, drawn=True)
    agree(dropout, **each(once, cases, few(0.5, 1.0)), judge=judge, unchanged=True, alone=True)
