"""What the five losses are asked, beside what mae is asked: residuals on both sides of delta, of 0, of overflow."""

import mae_inputs
import numpy as np
from hypothesis import strategies as st

from winnow.checks import call

# A loss of each kind with a parameter that is neither its default nor symmetric.
PARAMETERS = {"mse": {}, "mae": {}, "huber": {"delta": 1.5}, "log_cosh": {}, "quantile": {"tau": 0.3}}
LARGE = 300.0


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
    for shape in [(9,), (3, 3)]:
        yield call(*around(rng, 1.0, shape))
    yield from mae_inputs.plain_pairs(rng)
    for delta in (0.5, 1.35, 1e-3, 1e3, float(rng.uniform(2.0, 9.0))):
        yield call(*around(rng, delta), delta=delta)
    yield call(*around(rng, 2.0), delta=2)
    yield call(*around(rng, 0.25), 0.25)
    y, y_hat = mae_inputs.pair(rng, (2, 3))
    yield call(y, y_hat, delta=1e-6)
    yield call(y, y_hat, delta=1e6)


def quantile_pairs(rng):
    for tau in (0.1, 0.25, 0.5, 0.75, 0.9, 0.01, float(rng.uniform(0.55, 0.95))):
        yield call(*mae_inputs.pair(rng, (7,)), tau=tau)
        yield call(*mae_inputs.pair(rng, (2, 3, 2)), tau=tau)
    for tau in (0.2, 0.8):
        above, below = rng.uniform(1.0, 3.0, 4), rng.uniform(-3.0, -1.0, 4)
        yield call(above, below, tau=tau)
        yield call(below, above, tau=tau)
        yield call(above, above.copy(), tau=tau)
        yield call(float(below[0]), 0, tau)


def far_pairs(rng):
    """Residuals at which cosh overflows in float32 or float64, with near ones beside some."""
    for size in (60.0, 95.0, 400.0, 800.0, 1e4, 1e6):
        yield call(size * rng.uniform(0.9, 1.0, 3), np.zeros(3))
        yield call(np.zeros(3), size * rng.uniform(0.9, 1.0, 3))
    yield call([[1e6, -1e6], [0.0, 1.0]], np.zeros((2, 2)))
    yield call(0, 1e6)


def gradient_pairs(rng):
    for shape in [(), (1,), (7,), (3, 4), (2, 1, 3, 2)]:
        yield call(*mae_inputs.pair(rng, shape))
    y, y_hat = mae_inputs.pair(rng, (3, 4))
    yield call(np.asfortranarray(y), y_hat)
    yield call(y.tolist(), y_hat.tolist())


def huber_gradients(rng):
    yield call("huber", *around(rng, 1.0))
    for delta in (0.5, 1.35, 1e-3, 1e3, 2):
        yield call("huber", *around(rng, delta, (3, 3)), delta=delta)


def kinked_pairs(rng):
    """As `gradient_pairs`, and some predictions that are exactly right."""
    yield from gradient_pairs(rng)
    y = rng.integers(-5, 5, 6)
    yield call(y, y + np.array([0, 1, -2, 0, 3, -1]))
    yield call([1.5, -2.0], [1.5, 4.0])


def quantile_gradients(rng):
    for tau in (0.1, 0.5, 0.9, float(rng.uniform(0.55, 0.95))):
        yield from ask(kinked_pairs, "quantile", tau=tau)(rng)


def gradient_dtypes(rng):
    """Inputs of other dtypes than that of their gradient."""
    y, y_hat = mae_inputs.pair(rng, (2, 3))
    for kind, parameters in PARAMETERS.items():
        for dtype in (np.float32, np.float16, np.float64):
            yield call(kind, y.astype(dtype), y_hat.astype(dtype), **parameters)
        yield call(kind, rng.integers(0, 9, 5), rng.normal(size=5), **parameters)
        yield call(kind, rng.normal(size=5), rng.integers(0, 9, 5), **parameters)
        yield call(kind, np.uint8([3, 200, 7]), np.uint8([200, 3, 8]), **parameters)
        yield call(kind, [1, 2, 3], (4, 0, 2), **parameters)
        yield call(kind, [1.5], [0.25], **parameters)


def array_likes(rng):
    for draw in (mae_inputs.array_likes, mae_inputs.layouts, mae_inputs.any_dtype):
        yield from draw(rng)


def near_array_likes(rng):
    """Those of `array_likes` whose residuals do not make cosh overflow, which is a check of its own."""
    for one in array_likes(rng):
        first, second = (np.asarray(array, np.float64) for array in one.args)
        if np.max(np.abs(first - second)) < LARGE:
            yield one


def bad_parameter(name, values, *kind):
    """Calls with a parameter that has no meaning, and as many with one that has."""

    def draw(rng):
        good = {"delta": (1e-3, 0.5, 1, 30.0), "tau": (0.001, 0.3, 0.5, 0.999)}[name]
        for value in (*values, *good):
            yield call(*kind, *mae_inputs.pair(rng, (4,)), **{name: value})
            yield call(*kind, *mae_inputs.pair(rng, ()), **{name: value})

    return draw


def bad_parameter_small(name, values, *kind):
    return lambda: st.sampled_from([call(*kind, [1, 2], [3, 0], **{name: value}) for value in values])


def other_kinds(rng):
    for kind in ("hinge", "l1", "", "cross_entropy", "smooth_l1", "rmse"):
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
