"""Hidden checks of numerical_grad."""

from dataclasses import replace

import numpy as np
import pytest

from winnow.checks import call, driver, judges, named
from winnow.checks.recipes import LAYOUTS, each, locked


# Which function it is follows from the secret: the derivative of one alone is soon known by heart, without a call of f.
@driver(shows="numerical_grad(lambda v: float(np.sum({a} * {g}(v) + v**2)) + float(np.prod({k}(v))), {x})")
def smooth(numerical_grad, g, k, a, x):
    import numpy as np

    return numerical_grad(lambda v: float(np.sum(a * g(v) + v**2)) + float(np.prod(k(v))), x)


@driver(shows="numerical_grad(lambda v: float((v**{power}).sum()), {x}, h={h})")
def powers(numerical_grad, x, h, power):
    return numerical_grad(lambda v: float((v**power).sum()), x, h=h)


@driver(shows="the arguments of f in numerical_grad(f, {x}, {h}), and x while f runs")
def watched(numerical_grad, x, h):
    """How each argument differs from x: in how many elements, by how much, of what kind; and whether x is as before."""
    # The learner's code can write into this record. So f's values tell the same: cubes the step, the square of the sum
    # whether elements move together, and x in f whether it moves.
    import numpy as np

    before, told = np.array(x), []

    def f(v):
        gap = np.abs(np.asarray(v, dtype=float) - before)
        moved, untouched = int((gap > 0).sum()), bool(np.array_equal(x, before))
        told.append([moved, float(gap.max(initial=0.0)), str(np.asarray(v).dtype), list(np.shape(v)), untouched])
        weights = np.arange(1.0, before.size + 1).reshape(before.shape)
        return float(np.sum(weights * v**3) + np.sum(weights * v) ** 2 + np.sum(10.0 * weights * x))

    gradient = numerical_grad(f, x, h)
    return {"gradient": gradient, "calls": told, "x": np.array(x)}


@driver(shows="numerical_grad(f, {x}) with an f that writes 3.0 into all of its argument")
def scribbling(numerical_grad, x):
    import numpy as np

    def f(v):
        # What is left of one element must tell in the derivative of another: the sum itself would not.
        value = float(np.sum(v * np.arange(1.0, v.size + 1).reshape(v.shape))) ** 2
        v[...] = 3.0
        return value

    return numerical_grad(f, x), np.array(x)


@driver(shows="numerical_grad(f, x), and x, for x = {x} and the sum of 1v, 2v, ... as f, which raises at call {at}")
def raising(numerical_grad, x, at):
    import numpy as np

    calls = iter(range(100))

    def f(v):
        if next(calls) >= at:
            raise OverflowError("f cannot be computed here")
        return float(np.sum(v * np.arange(1.0, v.size + 1).reshape(v.shape)))

    try:
        gradient = numerical_grad(f, x)
    except OverflowError:
        gradient = "f raised"
    return x.copy(), gradient


def point(rng, shape, become=np.array):
    """Two functions, one that bends and one whose product is not small, and what stands for a and for x."""
    g, k = rng.choice(["sin", "tanh", "arctan", "arcsinh", "exp"]), rng.choice(["cos", "cosh"])
    a, x = np.array(rng.uniform(0.5, 2.0, shape)), np.asarray(become(rng.normal(size=shape)))
    return named(f"numpy.{g}"), named(f"numpy.{k}"), a, x


def ints(x):
    return np.clip(np.rint(2 * x), -3, 3).astype(int)


def somewhere(rng, shape, *rest):
    """At a point of this shape, of ints where the shape is a number."""
    return rng.integers(-5, 5, shape) if isinstance(shape, int) else np.array(rng.normal(size=shape)), *rest


def some_power(rng, shape, h):
    return *somewhere(rng, shape, h), int(rng.integers(5, 8))


def differences(x, h, up, down):
    """What `watched` differs by, between `up` and `down` steps of h at each element, over what lies between them."""
    weights = np.arange(1.0, x.size + 1).reshape(x.shape)
    whole = np.sum(weights * x)
    high, low = (weights * (x + n * h) ** 3 + (whole + n * h * weights) ** 2 for n in (up, down))
    return (high - low) / ((up - down) * h)


def one_at_a_time(call, value):
    """f gets float64 arrays of x's shape that differ from x in one element at most, by h; x is untouched."""
    x, h = call.args
    if not np.array_equal(value["x"], x):
        return "the caller's x is changed"
    for count, gap, dtype, shape, untouched in value["calls"]:
        if not untouched:
            return "the caller's x is not as before while f runs"
        if dtype != "float64" or shape != list(x.shape):
            return "what f gets is something else than a float64 array of x's shape"
        if count > 1 or not (gap == 0 or abs(gap - h) <= 1e-9 + 1e-6 * h):
            return "what f gets differs from x in more than one element, or by another step than h"
    if len(value["calls"]) > 4 * x.size + 2:
        return "more than 4 calls of f for each element, and 2 more"
    # What is made of f's values is for other checks: a difference to one side is one of what f should get, too.
    sides = [differences(x, h, up, down) for up, down in ((1, -1), (1, 0), (0, -1))]
    found = value["gradient"]
    is_one = np.shape(found) == x.shape and any(np.allclose(found, side, rtol=1e-5, atol=1e-4) for side in sides)
    return None if is_one else "the gradient is wrong"


NEAR = judges.values(2e-6, 2e-6)


def put_back(call, got, want):
    """As `NEAR`, and where x alone is another than before, that is what is said."""
    problem = NEAR(call, got, want)
    if problem is None or not isinstance(got.value, tuple) or len(got.value) != 2:
        return problem
    other = NEAR(call, replace(got, value=(want.value[0], got.value[1])), want)
    return other or "x is not as it was before the call: move a copy, or put back what you moved also when f raises"


VECTORS = [call(np.array(x, dtype=float)) for x in ([1, 2], [3], [[1, -1], [2, 0.5]])]
VALUES = [([1], [0.0]), ([1, 2], [1.0, 0.0]), ([[1], [2]], [[0.0], [1.0]]), (1, 2.0), ([2], [3.0])]
VALUES += [([1, 2], [1, -2]), (1, 3), ([], []), (np.ones((2, 2)), np.asfortranarray([[1.0, 2], [3, 0]]))]
SMALL = [call(named("numpy.sin"), named("numpy.cos"), np.array(a, dtype=float), np.array(x)) for a, x in VALUES]
STEPS = [call(np.array(x, dtype=float), h, 5) for x in ([0], [1, 2]) for h in (1.0, 0.5, 2.0)]
WATCHED = [call(np.array(x), h) for x in ([1.0], [1.0, 2.0], [1, 2], 1.0) for h in (0.5, 0.25, 2.0**-24)]
RAISING = [call(np.array([1.0, 2.0]), at) for at in (0, 1, 2, 3, 50)] + [call(np.array([1, 2]), 1)]
BAD = [call(np.array([1.0]), h, 5) for h in (0.0, -0.5, 0.5, 1.0)] + [call(np.zeros(0), -0.5, 5)]


@pytest.mark.points(2)
def test_smooth_functions(numerical_grad, agree):
    """the gradient at every element, for arrays of any rank"""
    shapes = [((3,),), ((2, 3),), ((1,),), ((2, 1, 2),)]
    agree(numerical_grad, **each(point, shapes, SMALL), through=smooth, judge=NEAR)


@pytest.mark.points(1)
def test_given_step(numerical_grad, agree):
    """the difference is taken over h on both sides, divided by 2h"""
    # Of fifth powers the error of a central difference is 10 x² h² + h⁴: it tells which h was used, and how often. So
    # does that of others above the second.
    cases = [*(((3,), h) for h in (0.5, 0.25, 1.0, 2.0)), ((2, 2), 0.125)]
    agree(numerical_grad, **each(some_power, cases, STEPS), through=powers, judge=NEAR)


@pytest.mark.points(1.5)
def test_what_f_gets(numerical_grad, agree):
    """f gets float64 arrays that differ from x in one element, by h; x is as before all the while"""
    cases = [*((shape, h) for h in (1e-7, 0.25) for shape in ((3,), (2, 2))), (3, 0.5), ((), 0.25)]
    calls = each(somewhere, cases, WATCHED)
    judge = judges.holds(one_at_a_time)
    agree(numerical_grad, **calls, through=watched, judge=judge, alone=True, unchanged=True)


@pytest.mark.points(0.5)
def test_layouts(numerical_grad, agree):
    """x may be read-only and lie in memory as it likes; nothing global is changed"""
    cases = [((3, 2), become) for become in (*LAYOUTS, locked)]
    agree(numerical_grad, **each(point, cases, SMALL), through=smooth, judge=NEAR, alone=True)


@pytest.mark.points(0.75)
@pytest.mark.edge
def test_scalars_ints_and_nothing(numerical_grad, agree):
    """0-d arrays, ints, which are converted first, and arrays without elements"""
    cases = [((),), ((0, 3),), ((4,), ints), ((), ints)]
    agree(numerical_grad, **each(point, cases, SMALL), through=smooth, judge=NEAR)


@pytest.mark.points(0.5)
@pytest.mark.edge
def test_f_may_write(numerical_grad, agree):
    """f may write into its argument without harm"""
    judge = judges.because("f writes into what it gets, so every call of f needs a copy of its own", NEAR)
    agree(numerical_grad, **each(somewhere, [((3,),), ((2, 2),)], VECTORS), through=scribbling, judge=judge)


@pytest.mark.points(0.25)
@pytest.mark.edge
def test_f_may_raise(numerical_grad, agree):
    """x is as before when f raises, and the exception is the caller's"""
    # And one in which f does not raise, so that what always raises earns nothing.
    cases = [*(((4,), at) for at in (0, 1, 2, 3, 5, 50)), (4, 3)]
    agree(numerical_grad, **each(somewhere, cases, RAISING), through=raising, judge=put_back)


@pytest.mark.points(0.5)
@pytest.mark.edge
def test_refusals(numerical_grad, agree):
    """h that is not above 0: ValueError"""
    cases = [((3,), h) for h in (0.0, -1e-5, 0, 1e-3, 1.0)] + [((0,), -1.0), ((0,), 0.5)]
    agree(numerical_grad, **each(some_power, cases, BAD), through=powers, judge=judges.refusal)
