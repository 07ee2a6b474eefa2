"""Hidden checks of robust_losses."""

import numpy as np
import pytest
from hypothesis import strategies as st

from winnow.checks import call, judges, same
from winnow.checks.compare import beside
from winnow.checks.recipes import SameShape, asked

# A loss of each kind with a parameter that is neither its default nor symmetric.
PARAMETERS = {"mse": {}, "mae": {}, "huber": {"delta": 1.5}, "log_cosh": {}, "quantile": {"tau": 0.3}}
RTOL, ATOL = 1e-9, 1e-12
# Of log_cosh and of gradients relative precision near 0 is left free; roughly: digits are a check of their own.
value, near_zero, rough = judges.number(RTOL), judges.number(RTOL, ATOL), judges.number(1e-3, ATOL)


def pair(rng, shape):
    """Two arrays whose differences have both signs, unequal sizes, and a sum that is far from 0."""
    size = int(np.prod(shape))
    errors = rng.uniform(0.5, 1.5, size) * np.where(np.arange(size) % 2, -1.0, 1.0)
    errors[0] *= 4
    y = rng.normal(scale=3.0, size=size)
    return y.reshape(shape), (y + rng.permutation(errors)).reshape(shape)


def pairs(*kind, **parameters):
    """What a loss, or a gradient of this kind, is asked about two arrays."""
    return SameShape(pair, lambda *arrays: call(*kind, *arrays, **parameters))


PAIRS, GRADIENTS = pairs(), {kind: pairs(kind, **parameters) for kind, parameters in PARAMETERS.items()}


@pytest.fixture
def losses(mse, huber, log_cosh, quantile):
    """Each loss, and what it is asked where its input rules are checked."""
    return [(loss, pairs(**PARAMETERS[loss.name])) for loss in (mse, huber, log_cosh, quantile)]


def of_each_kind(recipe, first=3):
    """For the gradient of each kind, one of the first calls of a recipe, which are wrong, and the last, which is
    right."""
    made = [recipe(pairs) for pairs in GRADIENTS.values()]

    def on(rng):
        for at, one in enumerate(made):
            calls = list(one["on"](rng))
            yield from (calls[at % first], calls[-1])

    return {"on": on, "small": lambda: st.one_of(*(one["small"]() for one in made))}


def drawn(*calls):
    """What a function is asked, given the calls that follow from a generator."""
    return lambda rng: (one for make in calls for one in make(rng))


def around(rng, delta, shape=(9,)):
    """Residuals of both signs, some well within delta, some well beyond it, two exactly at it."""
    sizes = np.concatenate([rng.uniform(0.1, 0.8, 3), rng.uniform(1.5, 4.0, 4), [1.0, 1.0]])
    # The prediction is 0, so that the residuals are exact.
    return rng.permutation(delta * sizes * [1, -1, 1, 1, -1, 1, -1, 1, -1]).reshape(shape), np.zeros(shape)


def far(*kind):
    """Residuals at which cosh overflows in float32 or float64, of both signs, with near ones beside some."""

    def on(rng):
        for size in (95.0, 400.0, 800.0):
            yield call(*kind, size * rng.uniform(0.9, 1.0, 2), size * np.array([0.0, 1.9]))
        yield call(*kind, [[1e6, -1e6], [0.0, 1.0]], np.zeros((2, 2)))
        yield call(*kind, 0, 1e6)

    sizes = (0.0, 1.0, 50.0, 100.0, -100.0, 600.0, 1000.0, -1000.0, 1e6)
    return asked(on, [call(*kind, [size], [0.0]) for size in sizes])


def plain(*kind, kinks=False, **parameters):
    """Arrays of several ranks, one in another layout, one a list; with `kinks`, some predictions are exactly right."""
    recipe = pairs(*kind, **parameters)

    def on(rng):
        yield from (recipe.wrap(*pair(rng, shape)) for shape in ((), (7,)))
        y, y_hat = pair(rng, (3, 4))
        yield recipe.wrap(np.asfortranarray(y), y_hat)
        yield recipe.wrap(*(half.tolist() for half in pair(rng, (2, 1, 3))))
        if kinks:
            y = rng.integers(-5, 5, 6)
            yield recipe.wrap(y, y + np.array([0, 1, -2, 0, 3, -1]))

    return {"on": on, "small": recipe.plain()["small"]}


def small_of(name, values, *kind):
    """Short lists with a parameter, or without one where None is among its values."""
    numbers = st.lists(st.sampled_from([0.0, 1.0, -1.0, 2.0, -3.0, 0.5]), min_size=1, max_size=2)
    chosen = st.sampled_from([{} if one is None else {name: one} for one in values])
    return lambda: st.builds(lambda y, rest: call(*kind, y, [0.0] * len(y), **rest), numbers, chosen)


NO_NUMBERS = "there is something else than numbers in the gradient"


def gradient(call, got, want):
    """The gradient is right, in whatever holds it; at a kink any subgradient is."""
    if want.raised is not None or got.raised is not None:
        return same(got, want)
    kind, y, y_hat = call.args
    try:
        ours, theirs = np.asarray(got.value), np.asarray(want.value)
    except (ValueError, TypeError, RuntimeError):
        # Lists of unequal lengths, or tensors that numpy does not read.
        return NO_NUMBERS
    if ours.dtype.kind not in "iuf":
        return NO_NUMBERS
    if ours.shape != theirs.shape:
        return "the shape of the gradient is wrong"
    # As precise as float64 allows, whatever the answer is kept in: rough numbers are no better in a rough dtype.
    ours = ours.astype(np.float64)
    right = np.isclose(ours, theirs, rtol=RTOL, atol=ATOL, equal_nan=True)
    if kind in ("mae", "quantile"):
        lowest, highest = (-1.0, 1.0) if kind == "mae" else (-call.kwargs["tau"], 1 - call.kwargs["tau"])
        at_kink = np.asarray(y, np.float64) == np.asarray(y_hat, np.float64)
        scaled = ours * ours.size
        right = np.where(at_kink, (scaled >= lowest - RTOL) & (scaled <= highest + RTOL), right)
    return beside(got, want) if np.all(right) else "the gradient is wrong"


def gradient_and_type(call, got, want):
    """As `gradient`, and a float64 array of the shape of y; a scalar's gradient may be a number."""
    if got.raised is None and np.shape(call.args[1]) != ():
        if not isinstance(got.value, np.ndarray):
            return "the gradient is not an array"
        if got.value.dtype != np.float64:
            return f"the dtype of the gradient is {got.value.dtype} and should be float64"
    return gradient(call, got, want)


@pytest.mark.points(1)
def test_mse_agrees_with_the_definition(mse, agree):
    """mse is the mean of the squared residuals"""
    agree(mse, **PAIRS.plain((), (1,), (8,), (3, 4), (2, 1, 3, 2)), judge=value)


@pytest.mark.points(1.5)
def test_huber_agrees_with_the_definition(huber, agree):
    """huber is quadratic up to delta and linear beyond it, for any delta"""

    def on(rng):
        yield call(*around(rng, 1.0, (3, 3)))
        yield call(*pair(rng, (2, 1, 3, 2)))
        for delta in (0.5, float(rng.uniform(2.0, 9.0)), 2):
            yield call(*around(rng, delta), delta=delta)
        yield call(*around(rng, 0.25), 0.25)
        yield call(*pair(rng, ()), delta=1e-6)
        yield call(*pair(rng, (2, 3)), delta=1e6)

    agree(huber, on=on, small=small_of("delta", (None, 2.0, 0.5)), judge=value)


@pytest.mark.points(1)
def test_log_cosh_agrees_with_the_definition(log_cosh, agree):
    """log_cosh is the mean of log(cosh(r))"""
    recipe = plain()

    def on(rng):
        yield from recipe["on"](rng)
        # r²/2 is near it, and something else.
        yield call(rng.uniform(0.02, 0.05, 4), np.zeros(4))

    agree(log_cosh, on=on, small=lambda: recipe["small"]() | st.just(call([0.04], [0.0])), judge=near_zero)


@pytest.mark.points(0.5)
def test_log_cosh_does_not_overflow(log_cosh, agree):
    """log_cosh is right where cosh overflows, up to residuals of a million"""
    agree(log_cosh, **far(), judge=near_zero)


@pytest.mark.points(1.5)
def test_quantile_agrees_with_the_definition(quantile, agree):
    """quantile weighs too small predictions by tau and too large ones by 1 - tau"""

    def on(rng):
        some = (float(rng.uniform(0.55, 0.95)), (8,))
        for tau, shape in ((0.1, (7,)), (0.9, (2, 3, 2)), (0.5, (3, 4)), (0.01, (1,)), some):
            yield call(*pair(rng, shape), tau=tau)
        above, below = rng.uniform(1.0, 3.0, 4), rng.uniform(-3.0, -1.0, 4)
        yield call(above, below, tau=0.2)
        yield call(float(below[0]), 0, 0.8)

    agree(quantile, on=on, small=small_of("tau", (0.25, 0.5, 0.9)), judge=value)


@pytest.mark.points(0.5)
def test_gradient_of_mse(loss_grad, agree):
    """the gradient of mse with respect to y_hat"""
    agree(loss_grad, **plain("mse"), judge=gradient)


@pytest.mark.points(0.75)
def test_gradient_of_huber(loss_grad, agree):
    """the gradient of huber with respect to y_hat, for any delta; delta is 1.0 where it is not given"""

    def on(rng):
        yield call("huber", *around(rng, 1.0, (3, 3)))
        for delta in (0.5, 2, float(rng.uniform(2.0, 9.0))):
            yield call("huber", *around(rng, delta, (3, 3)), delta=delta)

    agree(loss_grad, on=on, small=small_of("delta", (None, 2.0, 0.5), "huber"), judge=gradient)


@pytest.mark.points(0.5)
def test_gradient_of_log_cosh(loss_grad, agree):
    """the gradient of log_cosh with respect to y_hat, near 0 and far from it"""
    agree(loss_grad, **plain("log_cosh"), judge=gradient)
    agree(loss_grad, **far("log_cosh"), judge=gradient)


@pytest.mark.points(0.5)
def test_gradient_of_mae(loss_grad, agree):
    """the gradient of mae with respect to y_hat; any subgradient where the prediction is exact"""
    agree(loss_grad, **plain("mae", kinks=True), judge=gradient)


@pytest.mark.points(0.75)
def test_gradient_of_quantile(loss_grad, agree):
    """the gradient of quantile with respect to y_hat; any subgradient where the prediction is exact"""

    def on(rng):
        yield from plain("quantile", kinks=True, tau=0.9)["on"](rng)
        for tau in (0.1, 0.5, float(rng.uniform(0.55, 0.95))):
            yield call("quantile", *pair(rng, (7,)), tau=tau)

    agree(loss_grad, on=on, small=small_of("tau", (0.25, 0.5, 0.9), "quantile"), judge=gradient)


@pytest.mark.points(0.5)
def test_losses_take_any_array_like(losses, agree):
    """lists, scalars, arrays of any real dtype and layout: all become float64 before they are subtracted"""

    for loss, recipe in losses:
        on = drawn(recipe.array_likes()["on"], recipe.layouts()["on"], narrow(recipe.wrap))
        agree(loss, on=on, small=recipe.any_dtype()["small"], judge=near_zero)


def narrow(wrap):
    """Numbers whose difference their dtype cannot hold, and none so large that cosh overflows: a check of its own."""
    pairs = [(np.uint8, [10, 200, 3], [20, 100, 255]), (np.int8, [-100, 100, 5], [100, -100, 4])]
    pairs += [(np.bool_, [True, False, True], [True, True, False])]
    # What float16 and float32 cannot tell from 16 and from 32.
    pairs += [(np.float16, [16, 0], [2**-10, 1]), (np.float32, [32, 0], [2**-20, 1])]
    whole = wrap(np.array([3, 0, 7]), np.array([0.5, 1.25, 9.5]))
    return lambda rng: [whole, *(wrap(np.array(y, dtype), np.array(y_hat, dtype)) for dtype, y, y_hat in pairs)]


@pytest.mark.points(0.5)
def test_losses_refuse_different_shapes(losses, agree):
    """no loss broadcasts: different shapes are a ValueError"""
    for loss, recipe in losses:
        agree(loss, **recipe.unequal_shapes(), judge=judges.refusal)


@pytest.mark.points(0.25)
def test_gradient_refuses_different_shapes(loss_grad, agree):
    """nor does loss_grad"""
    agree(loss_grad, **of_each_kind(SameShape.unequal_shapes, first=5), judge=judges.refusal)


@pytest.mark.points(0.25)
def test_arguments_are_left_alone(losses, loss_grad, agree):
    """neither the caller's arrays and lists nor anything global is changed"""
    for loss, recipe in losses:
        agree(loss, **recipe.owned(), judge=rough)
    agree(loss_grad, **of_each_kind(SameShape.owned), judge=gradient, unchanged=True, alone=True)


@pytest.mark.points(0.25)
@pytest.mark.edge
def test_both_shapes_are_named(losses, loss_grad, agree):
    """the message about different shapes names both of them"""
    for loss, recipe in losses:
        agree(loss, **recipe.named_shapes(), judge=judges.names(0, 1))
    agree(loss_grad, **of_each_kind(SameShape.named_shapes), judge=judges.names(1, 2))


@pytest.mark.points(0.5)
@pytest.mark.edge
def test_nan_and_infinity_are_seen(losses, agree):
    """NaN in, NaN out; one infinite residual makes a loss infinite; inf - inf is NaN"""
    for loss, recipe in losses:
        agree(loss, **recipe.not_finite(), judge=rough)


@pytest.mark.points(0.5)
@pytest.mark.edge
def test_empty_input_is_refused(losses, loss_grad, agree):
    """the mean of nothing is a ValueError, and so is its gradient"""
    for loss, recipe in losses:
        agree(loss, **recipe.empty(), judge=judges.refusal)
    agree(loss_grad, **of_each_kind(SameShape.empty), judge=judges.refusal)


@pytest.mark.points(0.5)
@pytest.mark.edge
def test_complex_input_is_refused(losses, loss_grad, agree):
    """complex numbers are a TypeError, in either argument"""
    for loss, recipe in losses:
        agree(loss, **recipe.complex_numbers(), judge=judges.refusal)
    agree(loss_grad, **of_each_kind(SameShape.complex_numbers), judge=judges.refusal)


def parameter(name, bad, good, *kind):
    """Calls with a parameter that has no meaning, beside some with one that has."""
    small = [call(*kind, [1, 2], given, **{name: one}) for one in bad for given in ([3, 0], [1, 2])]

    def on(rng):
        for one in (*bad, *good):
            yield call(*kind, *pair(rng, (4,)), **{name: one})
        # Of no error the loss is 0, but a parameter may be wrong all the same.
        yield call(*kind, [1.0, 2.0], [1.0, 2.0], **{name: bad[0]})

    return asked(on, small)


@pytest.mark.points(0.5)
@pytest.mark.edge
def test_delta_must_be_positive(huber, loss_grad, agree):
    """a delta of 0 or less is a ValueError, in huber and in its gradient"""
    for function, kind in ((huber, ()), (loss_grad, ("huber",))):
        agree(function, **parameter("delta", (0, -1e-6, -1), (1e-3, 30.0), *kind), judge=judges.refusal)


@pytest.mark.points(0.5)
@pytest.mark.edge
def test_tau_must_lie_between_0_and_1(quantile, loss_grad, agree):
    """a tau outside (0, 1) is a ValueError, in quantile and in its gradient; 0 and 1 are outside"""
    for function, kind in ((quantile, ()), (loss_grad, ("quantile",))):
        agree(function, **parameter("tau", (0, 1, -0.1, 1.1), (0.001, 0.999), *kind), judge=judges.refusal)


@pytest.mark.points(0.25)
@pytest.mark.edge
def test_another_kind_is_refused(loss_grad, agree):
    """a kind that is none of the five is a ValueError"""
    kinds = PARAMETERS | {
        kind: {} for kind in ("hinge", "smooth_l1", "", "MSE", "Huber", " mae", "mse_loss", "log-cosh")
    }
    small = [call(kind, [1], [2]) for kind in ("hinge", "mae", "mse", "MAE", "mse_sum", "log-cosh", "")]
    draw = lambda rng: (call(kind, *pair(rng, (4,)), **rest) for kind, rest in kinds.items())  # noqa: E731
    agree(loss_grad, **asked(draw, small), judge=judges.refusal)


@pytest.mark.points(0.5)
@pytest.mark.edge
def test_gradient_is_a_float64_array(loss_grad, agree):
    """the gradient is a float64 array of the shape of y, whatever the dtype of the input"""

    def on(rng):
        for kind, parameters in PARAMETERS.items():
            # What comes of two arrays that lie by columns lies by columns, too.
            columns = (np.asfortranarray(half.astype(np.float32)) for half in pair(rng, (2, 3)))
            yield call(kind, *columns, **parameters)
            yield call(kind, rng.integers(0, 9, 5), rng.normal(size=5), **parameters)
            yield call(kind, np.uint8([3, 200, 7]), np.uint8([200, 3, 8]), **parameters)

    arrays = [(np.array(y, t), np.array([1, 3], t)) for t in ("f4", "f2", "i8") for y in ([0, 0], [0, 1], [2, 0])]
    grid = np.asfortranarray([[0.0, 1.0], [2.0, 3.0]])
    arrays.append((grid, np.zeros_like(grid)))
    small = [call(kind, *both, **rest) for kind, rest in PARAMETERS.items() for both in arrays]
    agree(loss_grad, **asked(on, small), judge=gradient_and_type)


@pytest.mark.points(0.5)
@pytest.mark.edge
def test_losses_are_floats(losses, agree):
    """each loss is a Python float (np.float64 is one)"""
    for loss, recipe in losses:
        agree(loss, **recipe.array_likes(), judge=judges.number(1e-3, ATOL, python=True))
