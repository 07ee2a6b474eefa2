"""Hidden checks of kaiming_init."""

import copy

import numpy as np
import pytest

from winnow.checks import call, driver, judges
from winnow.checks.chance import Mean, Share, Variance, agreement, chance, equal_and_other, follow
from winnow.checks.recipes import asked


def generator(rng):
    """A generator that a learner can make, too."""
    return np.random.default_rng(int(rng.integers(10**6)))


@driver(shows="np.stack([kaiming_init({fan_out}, {fan_in}, rng) for _ in range({times})]) with rng = {rng}")
def many(kaiming_init, fan_out, fan_in, times, rng):
    import numpy as np

    return np.stack([np.array(kaiming_init(fan_out, fan_in, rng)) for _ in range(times)])


@driver(shows="kaiming_init({fan_out}, {fan_in}, {rng}).astype(np.float32)")
def large(kaiming_init, fan_out, fan_in, rng):
    import numpy as np

    # That they are float64 is asked of small ones: these take as long to send as to draw.
    return np.array(kaiming_init(fan_out, fan_in, rng)).astype(np.float32)


def in_units(call, value):
    """The weights in units of their deviation. Raises ValueError where the shape is wrong."""
    fan_out, fan_in, times = call.args[:3]
    if value.shape != (times, fan_out, fan_in) or value.dtype != np.float64:
        raise ValueError("shape")
    return value / np.sqrt(2 / fan_in)


def standard(z):
    """The mean and the variance of weights in units of their deviation."""
    yield Mean("the mean of the weights", z.mean(), z.size, 1.0)
    yield Variance("the variance of the weights", np.mean(z**2), z.size)


def of_this_size(call, value):
    yield from standard(in_units(call, value))


def repeated(value):
    """Whether most weights occur more than once; of so many, rounded to float32, a few in a hundred do by chance."""
    return value.size - np.unique(value).size > value.size // 2


def of_this_size_when_large(call, value):
    """So many weights that a variance a few in a hundred off is seen; of repeated ones, another check speaks."""
    if value.shape != call.args[:2]:
        yield "the shape is wrong"
    if repeated(value):
        return
    yield from standard(value.astype(float) / np.sqrt(2 / call.args[1]))


def of_this_form(call, value):
    """Shares of a normal distribution, of whatever variance: beyond one, beyond two deviations, and above 0."""
    if value.shape != call.args[:2]:
        yield "the shape is wrong"
    z = value.astype(float)
    if np.ptp(z) == 0:
        yield "all weights are equal" if np.any(z) else "all weights are 0"
        return
    for axis, kind in enumerate(("row", "column")):
        if z.shape[axis] > 1 and not np.any(np.diff(z, axis=axis)):
            yield f"every {kind} is the same"
            return
    if repeated(value):
        yield "most weights are there more than once, where each is drawn by itself"
        return
    z = z / float(z.std())
    yield Share("the share of weights above 0", int((z > 0).sum()), z.size, 0.5)
    # The deviation is the sample's own, which moves these shares less than their bounds allow.
    yield Share("the share of weights within half a deviation", int((np.abs(z) < 0.5).sum()), z.size, 0.3829249)
    yield Share("the share of weights beyond two deviations", int((np.abs(z) > 2).sum()), z.size, 0.0455003)
    # A sum of uniform numbers is nearly normal: only its kurtosis tells, and only in a large sample. A normal sample of
    # n has a kurtosis of 3 with a deviation of √(24 / n); eight of these are missed less than once in 10^12.
    if abs(np.mean(np.square(z * z)) - 3) > 8 * np.sqrt(24 / z.size):
        yield "the kurtosis of the weights is not that of a normal distribution"


def independent(call, value):
    """Signs, and sizes, of neighbours along rows, columns and calls agree by half; sums spread as they should."""
    z = in_units(call, value)
    for axis, along in enumerate(("call to call", "row to row", "column to column")):
        if z.shape[axis] > 1:
            yield agreement(f"from {along}, the share of weights of equal sign", z > 0, axis)
            yield agreement(f"from {along}, the share of weights that are alike in size", np.abs(z) > 0.67448975, axis)
    # What is far apart is independent, too: sums have the spread of their number. The size of the weights is another
    # check's.
    z = z / np.sqrt(np.mean(z**2))
    for axes, of in ((1, "columns"), (2, "rows"), ((1, 2), "all weights")):
        sums = z.sum(axis=axes) / np.sqrt(np.prod(np.take(z.shape, axes)))
        if sums.size < z.size:
            yield Variance(f"the spread of the sums of {of}", np.mean(sums**2), sums.size)
    # The product of two rows, over the length of one, is normal. It is 0 where rows are made orthogonal.
    for axis, of in ((1, "rows"), (2, "columns")):
        first, second = (np.moveaxis(z, axis, 0)[at : z.shape[axis] // 2 * 2 : 2] for at in (0, 1))
        if len(first):
            products = (first * second).sum(axis=-1) / np.sqrt(np.sum(second**2, axis=-1))
            yield Variance(f"the spread of the products of neighbouring {of}", np.mean(products**2), products.size)
    # Two real numbers are hardly ever equal, but for those that are cut off, which is for another check.
    if z.size - np.unique(z).size > z.size // 10:
        yield "many weights are equal, where each is drawn by itself"


def layers(rng):
    for fan_out, fan_in, times in ((60, 40, 1), (20, 90, 2), (3, 400, 3), (500, 2, 2), (1, 1, 600)):
        yield call(fan_out, fan_in, times, generator(rng))


def large_layers(rng):
    yield call(600, 700, generator(rng))
    yield call(40, 300, generator(rng))


FEW = [
    call(*shape, np.random.default_rng(seed))
    for shape in ((60, 1, 1), (1, 60, 1), (2, 90, 1), (90, 2, 1), (1, 1, 90), (30, 30, 1))
    for seed in (0, 1)
]
LARGE = [call(*fans, np.random.default_rng(0)) for fans in ((40, 50), (60, 60), (600, 700))]


@pytest.mark.points(1.5)
def test_mean_and_variance(kaiming_init, agree):
    """weights have mean 0 and variance 2 / fan_in"""
    agree(kaiming_init, **asked(layers, FEW), through=many, judge=chance(of_this_size))
    agree(kaiming_init, **asked(large_layers, LARGE), through=large, judge=chance(of_this_size_when_large))


@pytest.mark.points(1.5)
def test_normal(kaiming_init, agree):
    """weights are normal: few are far out, and as many above 0 as below"""
    agree(kaiming_init, **asked(large_layers, LARGE), through=large, judge=chance(of_this_form))


@pytest.mark.points(1)
def test_independent(kaiming_init, agree):
    """weights in a row, in a column and from call to call are independent"""
    agree(kaiming_init, **asked(layers, FEW), through=many, judge=chance(independent))


@driver(
    shows="[kaiming_init({fan_out}, {fan_in}, rng) for rng in {rngs}], then the same with others that begin where "
    "these have come to, and with these again"
)
def again(kaiming_init, fan_out, fan_in, rngs, others):
    import numpy as np

    weights = [kaiming_init(fan_out, fan_in, rng) for rng in rngs]
    first = [np.array(one) for one in weights]
    for rng, other in zip(rngs, others, strict=True):
        other.bit_generator.state = rng.bit_generator.state
    state = str(rngs[0].bit_generator.state["state"]["state"])
    rest = [[np.array(kaiming_init(fan_out, fan_in, rng)) for rng in some] for some in (others, rngs)]
    kept = all(np.array_equal(one, before) for one, before in zip(weights, first, strict=True))
    return [first, *rest], kept, state


def seeds(rng):
    for fan_out, fan_in in ((4, 3), (1, 7), (6, 1)):
        yield call(fan_out, fan_in, *equal_and_other(rng))


def the_generator_alone(call, value):
    (first, others, again), kept, state = value
    fan_out, fan_in, rngs, _ = call.args
    if np.shape(first) != (len(rngs), fan_out, fan_in) or not np.any(first):
        return "the result is no array of weights"
    if not kept:
        return "the weights of one call are changed by the next"
    wrong = follow(rngs, first, others, again)
    if wrong:
        return wrong
    # However weights are made, two of them take one step of the generator, which has 64 bits, at least.
    bits = copy.deepcopy(rngs[0].bit_generator)
    for _ in range(0, fan_out * fan_in, 2):
        if state == str(bits.state["state"]["state"]):
            return "not all numbers are drawn from the given generator"
        bits.advance(1)
    return None


@pytest.mark.points(1)
def test_the_generator_decides(kaiming_init, agree):
    """equal generators give equal weights, and a second call gives others; nothing else is drawn from"""
    small = [call(2, 3, *equal_and_other())]
    judge = judges.holds(the_generator_alone, drawn=True)
    agree(kaiming_init, **asked(seeds, small), through=again, judge=judge, alone=True)


def refused(rng):
    for fan_out, fan_in in ((0, 3), (3, 0), (-1, 3), (3, -2), (0, 0), (-1, -2)):
        yield call(fan_out, fan_in, generator(rng))
    for fan_out, fan_in in ((1, 1), (2, 3), (3, 1)):
        yield call(fan_out, fan_in, generator(rng))


BAD = [call(*fans, np.random.default_rng(0)) for fans in ((0, 2), (2, 0), (-1, 2), (2, -1), (0, 0), (1, 1), (2, 3))]


@pytest.mark.points(1)
@pytest.mark.edge
def test_refusals(kaiming_init, agree):
    """fan_out or fan_in below 1: ValueError"""
    agree(kaiming_init, **asked(refused, BAD), judge=judges.refusal)


def tiny(rng):
    for fan_out, fan_in, times in ((1, 1, 600), (2, 1, 250), (1, 2, 250)):
        yield call(fan_out, fan_in, times, generator(rng))


@pytest.mark.points(1)
@pytest.mark.edge
def test_tiny_layers(kaiming_init, agree):
    """layers of one or two weights, drawn often, have the same mean and variance"""
    agree(kaiming_init, **asked(tiny, FEW), through=many, judge=chance(of_this_size))
