"""Hidden checks of kaiming_init."""

import copy

import numpy as np
import pytest

from winnow.checks import call, driver, judges
from winnow.checks.chance import Mean, Share, Variance, agreement, chance, equal_and_other, follow
from winnow.checks.recipes import each


@driver(shows="np.stack([kaiming_init({fan_out}, {fan_in}, rng) for _ in range({times})]) with rng = {rng}")
def many(kaiming_init, fan_out, fan_in, times, rng):
    import numpy as np

    return np.stack([np.array(kaiming_init(fan_out, fan_in, rng)) for _ in range(times)])


@driver(shows="kaiming_init({fan_out}, {fan_in}, {rng}).astype(np.float32)")
def large(kaiming_init, fan_out, fan_in, rng):
    import numpy as np

    # That they are float64 is asked of small ones: these take as long to send as to draw.
    return np.array(kaiming_init(fan_out, fan_in, rng), dtype=np.float32)


def in_units(call, value):
    """The weights in units of their deviation. Raises ValueError where the shape is wrong."""
    fan_out, fan_in, *times = call.args[:-1]
    if value.shape != (*times, fan_out, fan_in):
        raise ValueError("shape")
    return value.astype(float) / np.sqrt(2 / fan_in)


def repeated(weights):
    """Whether most weights occur more than once; of so many, rounded to float32, a few in a hundred do by chance."""
    return np.count_nonzero(weights[1:] == weights[:-1]) > weights.size // 2


def of_this_size(call, value):
    """Mean and variance. Of large layers with repeated weights another check speaks."""
    z = in_units(call, value)
    if z.ndim == 3 and value.dtype != np.float64:
        yield "the weights are not float64"
    if z.ndim == 3 and z.min() == z.max():
        yield "all weights are equal" if z.any() else "all weights are 0"
    if z.ndim == 3 or not repeated(np.sort(z[:40], axis=None)):
        yield Mean("the mean of the weights", z.mean(), z.size, 1.0)
        yield Variance("the variance of the weights", np.mean(z * z), z.size)


def of_this_form(call, value):
    """Shares of a normal distribution, of whatever variance: beyond one, beyond two deviations, and above 0."""
    if value.shape != call.args[:2]:
        yield "the shape is wrong"
    weights = np.sort(value, axis=None)
    if weights[0] == weights[-1]:
        yield "all weights are equal" if weights[0] else "all weights are 0"
    for kind, first in (("row", value[:1]), ("column", value[:, :1])):
        if np.all(value == first):
            yield f"every {kind} is the same"
    if repeated(weights):
        yield "most weights are there more than once, where each is drawn by itself"
    z = weights / float(weights.std(dtype=float))
    # The deviation is the sample's own, which moves these shares less than their bounds allow.
    yield Share("the share of weights above 0", np.count_nonzero(z > 0), z.size, 0.5)
    sizes = np.abs(z)
    yield Share("the share of weights within half a deviation", np.count_nonzero(sizes < 0.5), z.size, 0.3829249)
    yield Share("the share of weights beyond two deviations", np.count_nonzero(sizes > 2), z.size, 0.0455003)
    # A sum of uniform numbers is nearly normal: only its kurtosis tells, and only in a large sample. A normal sample of
    # n has a kurtosis of 3 with a deviation of √(24 / n), and strays less below than above, where one number far out
    # may add some 800 / n. A right answer misses these bounds less than once in 10^9.
    excess, deviation = np.mean(np.square(z * z), dtype=float) - 3, np.sqrt(24 / z.size)
    if not -6 * deviation < excess < 6.5 * deviation + 800 / z.size:
        yield "the kurtosis of the weights is not that of a normal distribution"


def independent(call, value):
    """Signs, and sizes, of neighbours along rows, columns and calls agree by half; sums spread as they should."""
    z = in_units(call, value)
    # The size of the weights is another check's.
    z = z / np.sqrt(np.mean(z * z))
    for axis, along in enumerate(("call to call", "row to row", "column to column")):
        if z.shape[axis] > 1:
            yield agreement(f"from {along}, the share of weights of equal sign", z > 0, axis)
            yield agreement(f"from {along}, the share of weights that are alike in size", np.abs(z) > 0.67448975, axis)
    # What is far apart is independent, too: sums have the spread of their number.
    for axes, of in ((1, "columns"), (2, "rows"), ((1, 2), "all weights")):
        sums = z.sum(axis=axes) / np.sqrt(np.prod(np.take(z.shape, axes)))
        if sums.size < z.size:
            yield Variance(f"the spread of the sums of {of}", np.mean(sums * sums), sums.size)
    # The product of two rows, over the length of one, is normal. It is 0 where rows are made orthogonal.
    for axis, of in ((1, "rows"), (2, "columns")):
        first, second = (np.moveaxis(z, axis, 0)[at : z.shape[axis] // 2 * 2 : 2] for at in (0, 1))
        if len(first):
            products = (first * second).sum(axis=-1) / np.sqrt(np.sum(second * second, axis=-1))
            yield Variance(f"the spread of the products of neighbouring {of}", np.mean(products**2), products.size)
    # Two real numbers are hardly ever equal, but for those that are cut off, which is for another check.
    if z.size - np.unique(z).size > z.size // 10:
        yield "many weights are equal, where each is drawn by itself"


def drawn(rng, *shape):
    """The arguments of a call: what the shapes are, and a generator that a learner can make, too."""
    return *shape, np.random.default_rng(int(rng.integers(10**6)))


def few(*shapes, seeds=(0,)):
    return [call(*shape, np.random.default_rng(seed)) for shape in shapes for seed in seeds]


FEW = few((60, 1, 1), (1, 60, 1), (2, 90, 1), (90, 2, 1), (1, 1, 90), (30, 30, 1), seeds=(0, 1))
LAYERS = each(drawn, [(60, 40, 1), (20, 90, 2), (3, 400, 3), (500, 2, 2)], FEW)
TINY = each(drawn, [(2, 1, 250), (1, 2, 250), (1, 1, 600)], FEW)
LARGE = each(drawn, [(40, 300), (420, 600)], few((40, 50), (60, 60), (420, 600)))


@pytest.mark.points(1.5)
def test_mean_and_variance(kaiming_init, agree):
    """weights have mean 0 and variance 2 / fan_in"""
    agree(kaiming_init, **LAYERS, through=many, judge=chance(of_this_size))
    agree(kaiming_init, **TINY, through=many, judge=chance(of_this_size))
    agree(kaiming_init, **LARGE, through=large, judge=chance(of_this_size))


@pytest.mark.points(1.5)
def test_normal(kaiming_init, agree):
    """weights are normal: few are far out, and as many above 0 as below"""
    agree(kaiming_init, **LARGE, through=large, judge=chance(of_this_form))


@pytest.mark.points(1)
def test_independent(kaiming_init, agree):
    """weights in a row, in a column and from call to call are independent"""
    agree(kaiming_init, **LAYERS, through=many, judge=chance(independent))
    agree(kaiming_init, **TINY, through=many, judge=chance(independent))


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


def the_generator_alone(call, value):
    (first, others, again), kept, state = value
    fan_out, fan_in, rngs, _ = call.args
    if np.shape(first) != (len(rngs), fan_out, fan_in) or not np.any(first):
        return "the result is no array of weights"
    if not kept:
        return "the weights of one call are changed by the next"
    # However weights are made, two of them take one step of the generator, which has 64 bits, at least.
    bits, early = copy.deepcopy(rngs[0].bit_generator), []
    for _ in range(0, fan_out * fan_in, 2):
        early.append(str(bits.state["state"]["state"]))
        bits.advance(1)
    skipped = "not all numbers are drawn from the given generator" if state in early else None
    return follow(rngs, first, others, again) or skipped


@pytest.mark.points(1)
def test_the_generator_decides(kaiming_init, agree):
    """equal generators give equal weights, and a second call gives others; nothing else is drawn from"""
    fans = (4, 3), (1, 7), (6, 1)
    calls = each(lambda rng, *fans: (*fans, *equal_and_other(rng)), fans, [call(2, 3, *equal_and_other())])
    judge = judges.holds(the_generator_alone, drawn=True)
    agree(kaiming_init, **calls, through=again, judge=judge, alone=True)


@pytest.mark.points(1)
@pytest.mark.edge
def test_refusals(kaiming_init, agree):
    """fan_out or fan_in below 1: ValueError"""
    cases = [(0, 3), (3, 0), (-1, 3), (3, -2), (0, 0), (-1, -2), (1, 1), (2, 3), (3, 1)]
    small = few((0, 2), (2, 0), (-1, 2), (2, -1), (0, 0), (1, 1), (2, 3), (-1, -2))
    agree(kaiming_init, **each(drawn, cases, small), judge=judges.refusal)


@pytest.mark.points(1)
@pytest.mark.edge
def test_tiny_layers(kaiming_init, agree):
    """layers of one or two weights, drawn often, have the same mean and variance"""
    agree(kaiming_init, **TINY, through=many, judge=chance(of_this_size))
