"""Hidden checks of batchnorm2d."""

from dataclasses import replace

import pytest
import torch

from winnow.checks import call, driver, judges, same
from winnow.checks.recipes import asked
from winnow.checks.tensors import one_asks, turned


def layer(rng, shape, dtype=torch.float64):
    """Images whose channels differ in mean and spread, and the four vectors of a layer."""
    channels = shape[1]
    spread = rng.uniform(0.5, 3, (1, channels, 1, 1))
    x = torch.tensor(rng.normal(size=shape) * spread + rng.normal(scale=3, size=spread.shape), dtype=dtype)
    drawn = (
        rng.uniform(0.5, 2, channels) * [1, -1, 1, -1][:channels],
        rng.normal(size=channels),
        rng.normal(size=channels),
        rng.uniform(0.5, 3, channels),
    )
    return [x, *(torch.tensor(one, dtype=dtype) for one in drawn)]


def of_part(at):
    """Only this one of the three results, so that one slip fails one check."""

    def judge(call, got, want):
        one, other = (
            seen.value if seen.raised else seen.value[at] if _three(seen.value) else None for seen in (got, want)
        )
        return same(replace(got, value=one), replace(want, value=other))

    return judge


def _three(value):
    return isinstance(value, tuple | list) and len(value) == 3


def training(rng):
    for shape in ((4, 3, 2, 5), (2, 1, 1, 1), (3, 2, 4, 1)):
        yield call(*layer(rng, shape), True)
    yield call(*layer(rng, (2, 3, 3, 2)), train=True, momentum=0.3)
    yield call(*layer(rng, (5, 2, 2, 2)), True, 0.75, 0.5)
    yield call(*layer(rng, (4, 2, 3, 3), dtype=torch.float32), True)


def evaluation(rng):
    for shape in ((4, 3, 2, 5), (1, 2, 1, 1), (0, 2, 3, 3)):
        *rest, variance = layer(rng, shape)
        # One channel hardly varies.
        variance[0] *= 1e-3
        yield call(*rest, variance, False)
    yield call(*layer(rng, (2, 3, 3, 2)), train=False, momentum=0.3, eps=0.5)


def extremes(rng):
    """A momentum of 0 and of 1, a batch of one image, a channel without spread, and eps that matters."""
    for size, momentum in ((3, 0.0), (1, 1.0)):
        yield call(*layer(rng, (size, 2, 2, 2)), True, momentum)
    x, *rest = layer(rng, (3, 2, 2, 2))
    # A mean that is large beside the spread: E[x²] - E[x]² loses all digits, and scale · x + shift but a few.
    yield call(1e6 + x, *rest, True)
    x[:, 1] = 2.5
    yield call(x, *rest, True)
    yield call(1e-3 * x, *rest, True, eps=1e-3)


@driver(
    shows="the gradients of batchnorm2d({x}, {gamma}, {beta}, {running_mean}, {running_var}, {train}, {momentum})[0]"
)
def gradients(batchnorm2d, x, gamma, beta, running_mean, running_var, train, momentum):
    import torch

    leaves = [one for one in (x, gamma, beta) if one.requires_grad]
    y, mean, variance = batchnorm2d(x, gamma, beta, running_mean, running_var, train, momentum)
    weights = torch.cos(torch.arange(y.numel(), dtype=y.dtype)).reshape(y.shape)
    # Where nothing flows the gradient is 0, and no exception of autograd.
    nothing = sum((0 * one).sum() for one in leaves)
    found = torch.autograd.grad((y * weights).sum() + nothing, leaves)
    return {
        "y": y.detach(),
        "gradients": list(found),
        "nothing left with the caller": [one.grad is None for one in leaves],
        "graphs": [mean.requires_grad, variance.requires_grad],
        "mean": mean.detach(),
        "variance": variance.detach(),
    }


@driver(
    shows="batchnorm2d in training on {x}, then in evaluation on it with what was remembered, then in training again, "
    "both in torch.no_grad(), and whether gradients are on there afterwards"
)
def in_turn(batchnorm2d, x, gamma, beta, running_mean, running_var):
    import torch

    _, mean, variance = batchnorm2d(x, gamma, beta, running_mean, running_var, True)
    kept = mean.clone(), variance.clone()
    with torch.no_grad():
        mean.mul_(1.0)
        y, mean, variance = batchnorm2d(x, gamma, beta, mean, variance, False)
        _, mean, variance = batchnorm2d(2 * x, gamma, beta, mean, variance, True)
        tracks = torch.is_grad_enabled()
    return [tracks, y, *kept, mean, variance, running_mean.clone(), running_var.clone()]


def all_ask(x, gamma, beta, running_mean, running_var, train, momentum=0.1):
    asking = (one.clone().requires_grad_() for one in (x, gamma, beta))
    return call(*asking, running_mean, running_var, train, momentum)


def one_of_three(x, gamma, beta, *rest):
    return [call(*given, *rest, 0.1) for given in one_asks([x, gamma, beta])]


def graded(rng):
    for shape, train in (((3, 2, 2, 3), True), ((2, 1, 2, 1), True), ((2, 2, 1, 3), False)):
        yield all_ask(*layer(rng, shape), train)
    # With a gamma of ones and a beta of zeros, and what is remembered is the batch's own: no graph, all the same.
    x, gamma, beta, *rest = layer(rng, (2, 2, 1, 2))
    yield all_ask(x, torch.ones_like(gamma), torch.zeros_like(beta), *rest, True, 1.0)
    yield from one_of_three(*layer(rng, (2, 1, 1, 2)), True)
    # A channel without spread, as a dead unit leaves it: a root of its variance has no slope.
    x, *rest = layer(rng, (2, 2, 2, 1))
    x[:, 1] = 0.0
    yield all_ask(x, *rest, True)


def sequences(rng):
    for shape in ((3, 2, 2, 3), (4, 1, 1, 2)):
        yield call(*layer(rng, shape))


def layouts(rng):
    x, gamma, beta, mean, variance = layer(rng, (3, 4, 2, 3))
    yield call(turned(x), gamma.flip(0), beta, mean, variance, True)
    yield call(turned(x), gamma, beta, mean, variance.flip(0), False)
    yield call(*(one.clone() for one in (x, gamma, beta, mean, variance)), True)
    yield call(*(one.float() for one in (x, gamma, beta, mean, variance)), False)


def refused(rng):
    x, *rest = layer(rng, (3, 2, 2, 2))
    yield call(x[:1, :, :1, :1], *rest, True)
    yield call(x[:0], *rest, True)
    yield call(x[:1, :, :1, :1], *rest, False)
    yield call(x[:1, :, :, :1], *rest, True)
    yield call(x[:2, :, :1, :1], *rest, True)
    yield call(x, *rest, True)


def rows(*values):
    return torch.tensor(values, dtype=torch.float64)


X = rows(1.0, 3.0).reshape(2, 1, 1, 1)
WIDE = rows(1.0, 3.0, 0.0, 8.0, 2.0, 4.0, 6.0, 0.0).reshape(2, 2, 1, 2)
ONE, ZERO = rows(1.0), rows(0.0)
TWO = [rows(1.0, 2.0), rows(0.0, 1.0), rows(0.5, -1.0), rows(2.0, 3.0)]
SMALL = [
    call(X, ONE, ZERO, ZERO, ONE, True), call(X, ONE, ZERO, ZERO, ONE, False),
    call(X, 2 * ONE, ONE, ONE, 4 * ONE, True), call(X, 2 * ONE, ONE, ONE, 4 * ONE, False), call(WIDE, *TWO, True),
    call(WIDE, *TWO, False), call(X, ONE, ZERO, ZERO, ONE, True, 0.5), call(X, ONE, ZERO, ZERO, ONE, True, 0.25, 3.0),
    call(WIDE, *TWO, True, 1.0), call(WIDE, *TWO, True, 0.0), call(0 * X, ONE, ZERO, ZERO, ONE, True),
    call(X, ONE, ZERO, ZERO, ONE, False, 0.1, 3.0), call(turned(WIDE.reshape(2, 1, 2, 2)), ONE, ZERO, ZERO, ONE, True),
    call(1e6 + 0.1 * X, ONE, ZERO, ZERO, ONE, True), call(X[:0], ONE, ZERO, ZERO, ONE, False),
    call(X[:1], ONE, ZERO, ZERO, ONE, False), call(WIDE[:1], *TWO, True),
    call(X, -2 * ONE, ZERO, ZERO, ONE, True), call(X, -2 * ONE, ZERO, ZERO, ONE, False),
    call(X, ONE, ZERO, ZERO, ONE / 64, False),
]  # fmt: skip
# In evaluation the given tensors may come back: only what training returns is new.
TRAINED = [one for one in SMALL if one.args[5]]
GRADED = [
    all_ask(X, ONE, ZERO, ZERO, ONE, True),
    all_ask(WIDE, *TWO, True),
    all_ask(X, ONE, ZERO, ZERO, ONE, True, 1.0),
    all_ask(X, 2 * ONE, ONE, ONE, 4 * ONE, False),
    all_ask(rows(1.0, 2.0, 4.0).reshape(3, 1, 1, 1), ONE, ZERO, ZERO, ONE, True),
    all_ask(0 * X, ONE, ZERO, ZERO, ONE, True),
    *one_of_three(X, ONE, ZERO, ZERO, ONE, True),
    all_ask(X, -2 * ONE, ZERO, ZERO, ONE, True),
]
TURNS = [call(X, ONE, ZERO, ZERO, ONE), call(WIDE, *TWO)]
BAD = [
    call(X[:1], ONE, ZERO, ZERO, ONE, True), call(X[:0], ONE, ZERO, ZERO, ONE, True),
    call(WIDE[:1, :, :, :1], *TWO, True), call(X, ONE, ZERO, ZERO, ONE, True),
    call(X[:1], ONE, ZERO, ZERO, ONE, False), call(WIDE[:1], *TWO, True),
]  # fmt: skip


@pytest.mark.points(3)
def test_normalised_in_training(batchnorm2d, agree):
    """in training the batch's mean and biased variance normalise, per channel; then gamma and beta"""
    agree(batchnorm2d, **asked(training, SMALL), judge=of_part(0))


@pytest.mark.points(2)
def test_what_is_remembered(batchnorm2d, agree):
    """in training the mean and the unbiased variance are remembered, by momentum"""
    agree(
        batchnorm2d,
        **asked(training, SMALL),
        judge=lambda call, got, want: of_part(1)(call, got, want) or of_part(2)(call, got, want),
    )


@pytest.mark.points(2)
def test_evaluation_mode(batchnorm2d, agree):
    """in evaluation the running statistics normalise, and come back as they were"""
    agree(batchnorm2d, **asked(evaluation, SMALL), judge=judges.list_or_tuple)


@pytest.mark.points(3)
def test_gradients(batchnorm2d, agree):
    """gradients flow through the batch statistics to x, to gamma and to beta; running statistics carry no graph"""
    agree(batchnorm2d, **asked(graded, GRADED), through=gradients)


@pytest.mark.points(1)
def test_layouts(batchnorm2d, agree):
    """tensors that are not contiguous in memory; no argument is changed, nor anything global"""
    agree(batchnorm2d, **asked(layouts, SMALL), judge=judges.list_or_tuple, unchanged=True, alone=True)


@pytest.mark.points(1)
@pytest.mark.edge
def test_extremes(batchnorm2d, agree):
    """momentum 0 and 1, one image, a channel without spread, an eps that matters; results are new"""
    agree(batchnorm2d, **asked(extremes, TRAINED), judge=judges.list_or_tuple, new=True)


@pytest.mark.points(1)
@pytest.mark.edge
def test_one_after_the_other(batchnorm2d, agree):
    """training, evaluation and training again, with what the step before returned"""
    agree(batchnorm2d, **asked(sequences, TURNS), through=in_turn)


@pytest.mark.points(1)
@pytest.mark.edge
def test_refusals(batchnorm2d, agree):
    """in training one value per channel, or none: ValueError; in evaluation it is fine"""
    agree(batchnorm2d, **asked(refused, BAD), judge=judges.refusal)
