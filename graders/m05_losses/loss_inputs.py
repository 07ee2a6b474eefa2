"""What the five losses are asked, beside what mae is asked: residuals on both sides of delta, of 0, of overflow."""

import mae_inputs
import numpy as np
from hypothesis import strategies as st

from winnow.checks import call

# A loss of each kind with a parameter that is neither its default nor symmetric.
PARAMETERS = {"mse": {}, "mae": {}, "huber": {"delta": 1.5}, "log_cosh": {}, "quantile": {"tau": 0.3}}


def ask(draw, *kind, **parameters):
    """The calls of `draw`, with the kind before their arguments and the parameters after them."""
    return lambda rng: (call(*kind, *one.args, **parameters) for one in draw(rng))


def ask_small(small, *kind, **parameters):
    """The same for a strategy of small calls."""
    return lambda: small().map(lambda one: call(*kind, *one.args, **parameters))


def every_kind(draw):
    """The calls of `draw` for the gradient of each loss."""
    return lambda rng: (
        call(kind, *one.args, **parameters) for kind, parameters in PARAMETERS.items() for one in draw(rng)
    )


def kinds_in_turn(draw):
    """Of the calls of `draw` the last, which is right, for the gradient of each loss, and one of the others in turn."""

    def on(rng):
        for at, (kind, parameters) in enumerate(PARAMETERS.items()):
            *wrong, right = draw(rng)
            for one in (wrong[at % len(wrong)], right):
                yield call(kind, *one.args, **parameters)

    return on


def every_kind_small(small):
    kinds = st.sampled_from(sorted(PARAMETERS))
    return lambda: st.builds(lambda kind, one: call(kind, *one.args, **PARAMETERS[kind]), kinds, small())


def around(rng, delta, shape=(9,)):
    """Residuals of both signs, some well within delta, some well beyond it, two exactly at it."""
    sizes = np.concatenate([rng.uniform(0.1, 0.8, 3), rng.uniform(1.5, 4.0, 4), [1.0, 1.0]])
    residuals = np.concatenate([delta * sizes * [1, -1, 1, 1, -1, 1, -1, 1, -1]])
    # The prediction is 0, so that the residuals are exact.
    y = rng.permutation(residuals).reshape(shape)
    return y, np.zeros(shape)


def huber_pairs(rng):
    yield call(*around(rng, 1.0, (3, 3)))
    yield call(*mae_inputs.pair(rng, (2, 1, 3, 2)))
    for delta in (0.5, float(rng.uniform(2.0, 9.0)), 2):
        yield call(*around(rng, delta), delta=delta)
    yield call(*around(rng, 0.25), 0.25)
    yield call(*mae_inputs.pair(rng, ()), delta=1e-6)
    yield call(*mae_inputs.pair(rng, (2, 3)), delta=1e6)


def quantile_pairs(rng):
    for tau, shape in (
        (0.1, (7,)),
        (0.9, (2, 3, 2)),
        (0.5, (3, 4)),
        (0.01, (1,)),
        (float(rng.uniform(0.55, 0.95)), (8,)),
    ):
        yield call(*mae_inputs.pair(rng, shape), tau=tau)
    above, below = rng.uniform(1.0, 3.0, 4), rng.uniform(-3.0, -1.0, 4)
    yield call(above, below, tau=0.2)
    yield call(float(below[0]), 0, 0.8)


def far_pairs(rng):
    """Residuals at which cosh overflows in float32 or float64, of both signs, with near ones beside some."""
    for size in (95.0, 400.0, 800.0):
        yield call(size * rng.uniform(0.9, 1.0, 2), size * np.array([0.0, 1.9]))
    yield call([[1e6, -1e6], [0.0, 1.0]], np.zeros((2, 2)))
    yield call(0, 1e6)


def gradient_pairs(rng):
    yield call(*mae_inputs.pair(rng, ()))
    yield call(*mae_inputs.pair(rng, (7,)))
    y, y_hat = mae_inputs.pair(rng, (3, 4))
    yield call(np.asfortranarray(y), y_hat)
    y, y_hat = mae_inputs.pair(rng, (2, 1, 3))
    yield call(y.tolist(), y_hat.tolist())


def huber_gradients(rng):
    yield call("huber", *around(rng, 1.0))
    for delta in (0.5, 2, float(rng.uniform(2.0, 9.0))):
        yield call("huber", *around(rng, delta, (3, 3)), delta=delta)


def kinked_pairs(rng):
    """As `gradient_pairs`, and predictions of which some are exactly right."""
    yield from gradient_pairs(rng)
    y = rng.integers(-5, 5, 6)
    yield call(y, y + np.array([0, 1, -2, 0, 3, -1]))


def quantile_gradients(rng):
    yield from ask(kinked_pairs, "quantile", tau=0.9)(rng)
    for tau in (0.1, 0.5, float(rng.uniform(0.55, 0.95))):
        yield call("quantile", *mae_inputs.pair(rng, (7,)), tau=tau)


def gradient_dtypes(rng):
    """Inputs of other dtypes than that of their gradient."""
    for kind, parameters in PARAMETERS.items():
        y, y_hat = mae_inputs.pair(rng, (2, 3))
        yield call(kind, y.astype(np.float32), y_hat.astype(np.float32), **parameters)
        yield call(kind, rng.integers(0, 9, 5), rng.normal(size=5), **parameters)
        yield call(kind, np.uint8([3, 200, 7]), np.uint8([200, 3, 8]), **parameters)


# What follows is asked of each loss, or of each gradient: every call of it counts four or five times.


def array_likes(rng):
    """Lists, scalars, layouts and dtypes of which numpy's own arithmetic makes something wrong.

    No residual is so large that cosh overflows, which is a check of its own.
    """
    ints, halves = rng.integers(-9, 9, 4).tolist(), (rng.integers(-9, 9, 4) + 0.5).tolist()
    yield call([ints, halves], (tuple(halves[::-1]), ints[::-1]))
    yield call(-2.5, np.array(4))
    y, y_hat = mae_inputs.pair(rng, (3, 4))
    yield call(np.asfortranarray(y), y_hat)
    yield call(np.abs(y).astype(np.int64), y_hat)
    yield call(np.uint8([10, 200, 3]), np.uint8([20, 100, 255]))
    yield call(np.int8([-100, 100, 5]), np.int8([100, -100, 4]))
    yield call(np.array([True, False, True, False]), np.array([True, True, False, False]))
    # What float16 and float32 cannot tell from 16 and from 32.
    yield call(np.float16([16, 0]), np.float16([2**-10, 1]))
    yield call(np.float32([32, 0]), np.float32([2**-20, 1]))


def single_answers(rng):
    """Arguments of which some sloppy ways to average make no float."""
    yield call(*mae_inputs.pair(rng, (2, 3)))
    yield call([1, 2], [0.5, 4])
    yield call(np.float32(1.5), np.int64(-3))


def mismatched(rng):
    """Pairs that numpy would broadcast, and one that is right."""
    for first, second in [((3, 1), (3,)), ((5,), (1,)), ((), (4,)), ((2, 3), (2, 3))]:
        yield call(*(rng.normal(size=shape) for shape in (first, second)))


def named(rng):
    """Different shapes of which no length could be anything else in a message, and one that is right.

    The first are so large that no message has room for all pairs of such numbers.
    """
    for first, second in [((14, 26), (26, 14)), ((7,), (7, 1)), ((5,), (5,))]:
        yield call(*(rng.normal(size=shape) for shape in (first, second)))


def empty(rng):
    """No element, in one dimension and in two, and one element."""
    yield call([], [])
    yield call(np.zeros((2, 0)), np.ones((2, 0)))
    yield call(*mae_inputs.pair(rng, (1,)))


def complex_numbers(rng):
    """Complex numbers in either argument, also where the imaginary part is 0, and in none."""
    y, y_hat = mae_inputs.pair(rng, (3,))
    yield call([1.0, 2 + 1j], [1.0, 2.0])
    yield call(y, y_hat.astype(np.complex64))
    yield call(y, y_hat)


def owned(rng):
    """Arguments of the caller that could be written to."""
    yield call(*mae_inputs.pair(rng, (2, 3)))
    yield call(*(half.tolist() for half in mae_inputs.pair(rng, (4,))))


def bad_parameter(name, values, *kind):
    """Calls with a parameter that has no meaning, and as many with one that has."""

    def draw(rng):
        good = {"delta": (1e-3, 30.0), "tau": (0.001, 0.999)}[name]
        for value in (*values, *good):
            yield call(*kind, *mae_inputs.pair(rng, (4,)), **{name: value})

    return draw


def bad_parameter_small(name, values, *kind):
    return lambda: st.sampled_from([call(*kind, [1, 2], [3, 0], **{name: value}) for value in values])


def other_kinds(rng):
    for kind in ("hinge", "smooth_l1", "", "MSE", "Huber", " mae"):
        yield call(kind, *mae_inputs.pair(rng, (4,)))
    for kind, parameters in PARAMETERS.items():
        yield call(kind, *mae_inputs.pair(rng, (4,)), **parameters)


def small_huber():
    sizes = st.sampled_from([0.0, 1.0, -1.0, 2.0, -3.0, 0.5])
    deltas = st.sampled_from([{}, {"delta": 2.0}, {"delta": 0.5}])
    values = st.lists(sizes, min_size=1, max_size=2)
    return st.builds(lambda y, parameters: call(y, [0.0] * len(y), **parameters), values, deltas)


def small_quantile():
    taus = st.sampled_from([0.25, 0.5, 0.9])
    return st.builds(lambda one, tau: call(*one.args, tau=tau), mae_inputs.small_lists(), taus)


def small_far():
    sizes = st.sampled_from([0.0, 1.0, 50.0, 100.0, -100.0, 600.0, 1000.0, -1000.0, 1e6])
    return st.builds(lambda y: call([y], [0.0]), sizes)


def small_huber_gradient():
    return small_huber().map(lambda one: call("huber", *one.args, **one.kwargs))


def small_quantile_gradient():
    return small_quantile().map(lambda one: call("quantile", *one.args, **one.kwargs))


def small_gradient_dtypes():
    kinds = st.sampled_from(sorted(PARAMETERS))
    dtypes = st.sampled_from([np.float32, np.float16, np.int64])
    values = st.lists(st.integers(0, 3), min_size=2, max_size=2)
    return st.builds(
        lambda kind, y, y_hat, dtype: call(kind, np.array(y, dtype), np.array(y_hat, dtype), **PARAMETERS[kind]),
        kinds, values, values, dtypes,
    )  # fmt: skip


def small_other_kinds():
    return st.sampled_from([call("hinge", [1], [2]), call("mae", [1], [2]), call("mse", [1], [2])])
