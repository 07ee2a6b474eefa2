"""Hidden checks of optimizer_step."""

import numpy as np
import pytest

from winnow.checks import call, driver, judges
from winnow.checks.recipes import asked

KINDS = ("sgd", "momentum", "rmsprop", "adam")


@driver(
    shows="optimizer_step of {kind} from {params}, with {grads} one after the other, rates {lrs}, options {options}"
)
def path(optimizer_step, params, grads, kind, lrs, options):
    """The parameters after every step. Options are those of all steps, or a list of those of each."""
    state, places = {}, []
    options = options if isinstance(options, list) else [options] * len(grads)
    for gradient, lr, given in zip(grads, lrs, options, strict=True):
        params, state = optimizer_step(params, gradient, state, kind, lr, **given)
        # A number that stands for an array of shape () becomes one.
        params = params[...]
        places.append(params.copy())
    return places


@driver(
    shows="optimizer_step twice from one state, after two steps of {kind} from {params} with {grads}; then from each"
)
def twice(optimizer_step, params, grads, kind):
    """A state is not used up: the same step again, and one that goes on from each, the second from other params."""
    state = empty = {}
    for gradient in grads[:2]:
        params, state = optimizer_step(params, gradient, state, kind, 0.1)
    keys = list(state)
    first, state_a = optimizer_step(params, grads[2], state, kind, 0.1)
    again, state_b = optimizer_step(params, grads[2], state, kind, 0.1)
    on_a, _ = optimizer_step(first, grads[3], state_a, kind, 0.1)
    on_b, _ = optimizer_step(again + 1.0, grads[3], state_b, kind, 0.1)
    kinds = [isinstance(state_a, dict), state_a is not state, list(state) == keys and not empty]
    return [first, again, on_a, on_b, kinds]


@driver(shows="optimizer_step of {kind} from {params} with {grads}, overwritten by the caller after each step")
def overwritten(optimizer_step, params, grads, kind):
    state, given = {}, params.copy()
    places = [given.copy()]
    for gradient in grads:
        own = gradient.copy()
        after, state = optimizer_step(given, own, state, kind, 0.1)
        places += [given.copy(), own.copy(), after.copy()]
        next_params = after.copy()
        after[...] = 1e6
        given[...] = -1e6
        own[...] = 1e6
        given = next_params
    return places


@driver(shows="two optimisers of {kind} by turns, from {params} and from {others}, with the gradients {grads}")
def two_optimisers(optimizer_step, params, others, grads, kind):
    state, other_state = {}, {}
    for gradient in grads:
        params, state = optimizer_step(params, gradient, state, kind, 0.1)
        others, other_state = optimizer_step(others, -2 * gradient, other_state, kind, 0.1)
    return [params, others]


def gradients(rng, steps, shape):
    """Gradients that change in size and sign from step to step."""
    sizes = rng.uniform(0.3, 3, (steps, *shape))
    return [np.array(size * rng.choice([-1.0, 1.0], shape)) for size in sizes]


def paths_of(kind, **choices):
    """Paths of one kind: with its defaults, with options, and with rates that change and a gradient of 0."""

    def draw(rng):
        for shape in ((3,), (2, 2), ()):
            steps = gradients(rng, 4, shape)
            yield call(np.array(rng.normal(size=shape)), steps, kind, [0.1] * 4, {})
        steps = gradients(rng, 4, (3,))
        # More than ten: the bias is corrected in every step.
        rates = [0.1, 0.02, 0.3, 0.05, 0.1, 0.2, *[0.1] * 6]
        yield call(
            rng.normal(size=3), [*steps, 0 * steps[0], 500 * steps[1], *gradients(rng, 6, (3,))], kind, rates, {}
        )
        yield call(rng.normal(size=3), steps, kind, [0.1] * 4, choices)
        for name, value in [*choices.items(), *((name, 0.0) for name in choices if name != "eps")]:
            yield call(rng.normal(size=3), steps, kind, [0.1] * 4, {name: value})

    return draw


def tiny_gradients(rng):
    """Gradients so small, or 0, that eps decides; and an eps that matters, of each step its own."""
    for kind in ("rmsprop", "adam"):
        for scale in (1e-7, 1e-9, 0.0):
            yield call(rng.normal(size=2), [scale * one for one in gradients(rng, 3, (2,))], kind, [0.1] * 3, {})
        options = [{"eps": 0.5}, {}, {"eps": 0.1}]
        yield call(rng.normal(size=2), gradients(rng, 3, (2,)), kind, [0.1] * 3, options)


def of_every_kind(rng):
    for kind in KINDS:
        yield call(rng.normal(size=3), gradients(rng, 4, (3,)), kind)


def pairs_of_every_kind(rng):
    for kind in KINDS:
        yield call(rng.normal(size=2), rng.normal(size=2), gradients(rng, 3, (2,)), kind)


def layouts(rng):
    grads = [np.asfortranarray(one) for one in gradients(rng, 3, (2, 3))]
    params = rng.normal(size=(3, 2)).T[::-1]
    for one in (params, *grads):
        one.flags.writeable = False
    for kind in KINDS:
        yield call(params, grads, kind, [0.1] * 3, {})


def refused(rng):
    p, (g,) = rng.normal(size=3), gradients(rng, 1, (3,))
    for kind in ("Adam", "adamw", "", "nesterov", "sgdm", "rmsprops"):
        yield call(p, g, {}, kind, 0.1)
    for kind in KINDS:
        for lr in (0.0, -0.1):
            yield call(p, g, {}, kind, lr)
        for off in (g[:2], g[:1], g[None], g[:, None]):
            yield call(p, off, {}, kind, 0.1)
        yield call(p[:1], g, {}, kind, 0.1)
        # As many numbers, and as many axes.
        yield call(np.stack([p, p]), np.stack([g, g], axis=1), {}, kind, 0.1)
        yield call(p, g, {}, kind, 1.5)
    yield call(np.array(p[0]), g[:1], {}, "sgd", 0.1)


def few(kind, **options):
    """Small paths of one kind."""
    one, two = [np.array([2.0])], [np.array([2.0]), np.array([1.0])]
    calls = [call(np.array([1.0]), one, kind, [0.5], options), call(np.array([1.0]), two, kind, [0.5, 0.5], options)]
    calls += [
        call(np.array([1.0]), two, kind, [0.5, 0.25], options),
        call(np.array([1.0]), [np.array([2.0]), np.array([0.0])], kind, [0.5, 0.5], options),
        call(np.array([1.0, 0.0]), [np.array([1.0, -3.0])] * 3, kind, [0.5] * 3, options),
        call(np.array([1.0]), [np.array([2.0]), np.array([1000.0])], kind, [0.5, 0.25], options),
        call(np.array(1.0), [np.array(2.0)] * 2, kind, [0.5, 0.5], options),
    ]
    return calls


SMALL = {
    "sgd": few("sgd"),
    "momentum": few("momentum") + few("momentum", beta=0.5) + few("momentum", beta=0.0),
    "rmsprop": few("rmsprop")
    + few("rmsprop", rho=0.5)
    + few("rmsprop", eps=0.5)
    + few("rmsprop", rho=0.5, eps=0.5)
    + few("rmsprop", rho=0.0),
    "adam": few("adam")
    + few("adam", beta1=0.5)
    + few("adam", beta2=0.5)
    + few("adam", eps=0.5)
    + few("adam", beta1=0.0)
    + few("adam", beta2=0.0)
    + few("adam", beta1=0.5, beta2=0.75, eps=0.5)
    + [call(np.array([1.0]), [np.array([g]) for g in (2.0, *[1.0] * 11)], "adam", [0.5] * 12, {})],
}
TINY = [
    call(np.array([1.0]), [np.array([g])] * 2, kind, [0.5] * 2, options)
    for g in (1e-8, 0.0, 1.0)
    for kind in ("rmsprop", "adam")
    for options in ({}, {"eps": 0.5}, [{"eps": 0.5}, {}])
]
FOUR = [call(np.array([1.0]), [np.array([g]) for g in (2.0, 1.0, -1.0, 3.0)], kind) for kind in KINDS]
PAIRS = [call(np.array([1.0]), np.array([0.0]), [np.array([2.0]), np.array([1.0])], kind) for kind in KINDS]
BAD = [
    call(np.array([1.0]), np.array([2.0]), {}, kind, lr)
    for kind in (*KINDS, "Adam", "", "sgdm", "rmsprops")
    for lr in (0.0, -1.0, 0.5, 2.0)
]
BAD += [call(np.array([1.0]), g, {}, kind, 0.5) for kind in KINDS for g in (np.array([1.0, 2.0]), np.array([[1.0]]))]
BAD += [call(np.array(1.0), np.array([2.0]), {}, "sgd", 0.5)]
BAD += [call(np.array([1.0, 2.0]), np.array([1.0]), {}, kind, 0.5) for kind in KINDS]
BAD += [call(np.array([[1.0, 2.0]]), np.array([[1.0], [2.0]]), {}, kind, 0.5) for kind in KINDS]


@pytest.mark.points(1)
def test_path_of_sgd(optimizer_step, agree):
    """sgd: p - lr·g"""
    agree(optimizer_step, **asked(paths_of("sgd"), SMALL["sgd"]), through=path)


@pytest.mark.points(2)
def test_path_of_momentum(optimizer_step, agree):
    """momentum: v is beta·v + g, from 0, and the step is lr·v, also where lr changes"""
    agree(optimizer_step, **asked(paths_of("momentum", beta=0.5), SMALL["momentum"]), through=path)


@pytest.mark.points(2)
def test_path_of_rmsprop(optimizer_step, agree):
    """rmsprop: s is rho·s + (1 - rho)·g², from 0, and the step is lr·g / (√s + eps)"""
    agree(optimizer_step, **asked(paths_of("rmsprop", rho=0.6, eps=0.1), SMALL["rmsprop"]), through=path)


@pytest.mark.points(3)
def test_path_of_adam(optimizer_step, agree):
    """adam: m and v from 0, corrected by 1 - beta^t with t from 1, and the step is lr·m̂ / (√v̂ + eps)"""
    agree(optimizer_step, **asked(paths_of("adam", beta1=0.6, beta2=0.8, eps=0.1), SMALL["adam"]), through=path)


@pytest.mark.points(1)
def test_a_step_can_be_taken_again(optimizer_step, agree):
    """neither the state nor any array in it is changed, and the returned one is new: the same step again"""
    why = "change neither the state that is given nor an array in it, so that the same step can be taken again"
    agree(optimizer_step, **asked(of_every_kind, FOUR), through=twice, judge=judges.because(why))


@pytest.mark.points(1)
def test_two_optimisers(optimizer_step, agree):
    """two optimisers do not know of each other: all that is remembered is in the state"""
    agree(optimizer_step, **asked(pairs_of_every_kind, PAIRS), through=two_optimisers)


@pytest.mark.points(1)
@pytest.mark.edge
def test_arrays_are_the_callers_own(optimizer_step, agree):
    """params and grads are not changed, results are new, the state feels no overwriting; nothing global is changed"""
    agree(optimizer_step, **asked(of_every_kind, FOUR), through=overwritten, alone=True)


@pytest.mark.points(1)
@pytest.mark.edge
def test_tiny_gradients(optimizer_step, agree):
    """gradients so small that eps decides: it stands beside the root; each step has the eps that it is given"""
    agree(optimizer_step, **asked(tiny_gradients, TINY), through=path)


@pytest.mark.points(0.5)
@pytest.mark.edge
def test_layouts(optimizer_step, agree):
    """arrays that are read-only, or lie in memory as they like"""
    agree(optimizer_step, **asked(layouts, [one for kind in KINDS for one in SMALL[kind]]), through=path)


@driver(shows="optimizer_step({params}, {grads}, {state}, {kind}, {lr})")
def only_params(optimizer_step, params, grads, state, kind, lr):
    return optimizer_step(params, grads, state, kind, lr)[0]


@pytest.mark.points(1.5)
@pytest.mark.edge
def test_refusals(optimizer_step, agree):
    """another kind, lr that is not above 0, different shapes: ValueError"""
    agree(optimizer_step, **asked(refused, BAD), through=only_params, judge=judges.refusal)
