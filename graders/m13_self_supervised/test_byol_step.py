"""Hidden checks of byol_step."""

from dataclasses import replace

import pytest
import torch

from winnow.checks import call, driver, judges, same
from winnow.checks.recipes import asked
from winnow.checks.tensors import one_asks


def step(rng, size, width, m, shapes=((2, 3), (4,)), dtype=torch.float64):
    """Predictions, projections of unlike lengths, parameters of the target and of the online network."""
    rows = [
        torch.tensor(rng.normal(size=(size, width)) * rng.uniform(0.3, 3, (size, 1)), dtype=dtype) for _ in range(4)
    ]
    xi, theta = ([torch.tensor(rng.normal(size=shape), dtype=dtype) for shape in shapes] for _ in range(2))
    return [*rows, xi, theta, m]


def both(call, got, want):
    """The loss and the parameters, these as a list or a tuple."""
    value = got.value
    if isinstance(value, tuple | list) and len(value) == 2 and isinstance(value[1], tuple | list):
        value = (value[0], list(value[1]))
    return same(replace(got, value=value), want)


def loss_alone(call, got, want):
    return same(_part(got, 0), _part(want, 0))


def xi_alone(call, got, want):
    return same(_part(got, 1), _part(want, 1))


def _part(seen, at):
    value = seen.value
    if isinstance(value, tuple | list) and len(value) == 2:
        value = list(value[at]) if isinstance(value[at], tuple | list) else value[at]
    return replace(seen, value=value)


def losses(rng):
    for size, width in ((4, 3), (1, 2), (6, 5), (3, 1)):
        yield call(*step(rng, size, width, 0.9))
    yield call(*step(rng, 3, 4, 0.5, dtype=torch.float32))


def targets(rng):
    for m, shapes in ((0.9, ((2, 3), (4,))), (0.996, ((3,),)), (0.3, ((), (2, 2), (1, 3, 2))), (0.5, ())):
        yield call(*step(rng, 2, 3, m, shapes))
    for m in (0.0, 1.0, 0, 1):
        yield call(*step(rng, 2, 3, m))


@driver(shows="loss, new = byol_step({q1}, {q2}, {t1}, {t2}, {xi}, {theta}, {m}): the gradients of loss")
def gradients(byol_step, q1, q2, t1, t2, xi, theta, m):
    leaves = [one for one in (q1, q2, t1, t2) if one.requires_grad]
    loss, _ = byol_step(q1, q2, t1, t2, xi, theta, m)
    # Where nothing flows the gradient is 0, and no exception of autograd.
    nothing = sum((0 * one).sum() for one in leaves)
    (loss + nothing).backward()
    return {"loss": loss.detach(), "gradients": [one.grad for one in leaves]}


@driver(
    shows="new = byol_step(q, q, q, q, {xi}, {theta}, {m})[1] with parameters that ask for gradients; new[0].zero_()"
)
def owned(byol_step, xi, theta, m):
    """The new parameters; whether they carry a graph; and the given ones after the new were overwritten."""
    import torch

    q = torch.ones(1, 2, dtype=torch.float64)
    for one in (*xi, *theta):
        one.requires_grad_().grad = torch.ones_like(one)
    _, new = byol_step(q, q, q, q, xi, theta, m)
    if not isinstance(new, list | tuple):
        return {"kind": type(new).__name__}
    values = [one.detach().clone() for one in new]
    graphs = [one.requires_grad for one in new]
    with torch.no_grad():
        for one in new:
            one.detach().zero_()
    return {
        "kind": "",
        "new": values,
        "graphs": graphs,
        "xi": [one.detach().clone() for one in xi],
        "theta": [one.detach().clone() for one in theta],
        "grads": [one.grad for one in (*xi, *theta)],
        "asks": [one.requires_grad for one in (*xi, *theta)],
    }


SAID = {
    "kind": "the new parameters are neither a list nor a tuple",
    "new": "the new parameters are wrong",
    "graphs": "a new parameter asks for a gradient",
    "xi": "xi is changed, by the call or with the new parameters",
    "theta": "theta is changed, by the call or with the new parameters",
    "grads": "the gradient that a given parameter keeps is changed",
    "asks": "a given parameter does not ask for a gradient as it did",
}


def left_alone(call, got, want):
    """What is the same for `same`, with what is not in words."""
    problem = same(got, want)
    if problem is None or got.raised is not None:
        return problem
    return next((said for key, said in SAID.items() if judges.part(key)(call, got, want)), problem)


def all_ask(q1, q2, t1, t2, *rest):
    return call(*(one.clone().requires_grad_() for one in (q1, q2, t1, t2)), *rest)


def graded(rng):
    for size, width in ((4, 3), (1, 2), (6, 5)):
        yield all_ask(*step(rng, size, width, 0.9))
    yield all_ask(*step(rng, 3, 4, 0.5, dtype=torch.float32))
    *four, xi, theta, m = step(rng, 2, 3, 0.5)
    yield from (call(*given, xi, theta, m) for given in one_asks(four))
    # At a loss of 0 nothing pulls any more: a root of the distance has no slope there.
    _, _, t1, t2 = four
    yield all_ask(2 * t2, 0.5 * t1, t1, t2, xi, theta, m)


def parameters(rng):
    for m in (0.9, 0.0, 1.0, 0.5):
        xi, theta = step(rng, 1, 2, m)[4:6]
        yield call(xi, theta, m)
    # Both networks are alike: the next one is new all the same.
    yield call(xi, [one.clone() for one in xi], 0.5)


def extremes(rng):
    """Rows as short as 1e-3 and as long as 1e3, that point the same way, apart, and at a right angle."""
    unit = torch.nn.functional.normalize(torch.tensor(rng.normal(size=(3, 4))), dim=1)
    scale = torch.tensor([[1e-3], [1e3], [1.0]], dtype=torch.float64)
    xi, theta = step(rng, 1, 1, 0.5)[4:6]
    yield call(unit * scale, unit, unit * scale.flip(0), unit, xi, theta, 0.5)
    yield call(unit * scale, unit, -unit, -scale * unit, xi, theta, 0.5)
    yield call(unit, unit.roll(1, 0), unit * scale, unit * scale, xi, theta, 0.5)


def layouts(rng):
    q1, q2, t1, t2, xi, theta, m = step(rng, 4, 3, 0.75)
    yield call(
        q1.T.contiguous().T,
        q2.flip(0),
        t1[:, [2, 1, 0]],
        t2.T.contiguous().T,
        [xi[0].T.contiguous().T, xi[1]],
        theta,
        m,
    )
    for dtype in (torch.float64, torch.float32):
        given = [[one.clone().to(dtype) for one in several] for several in ((q1, q2, t1, t2), xi, theta)]
        yield call(*given[0], *given[1:], m)


def refused(rng):
    q1, q2, t1, t2, xi, theta, _ = step(rng, 3, 4, 0.5)
    for m in (-0.1, 1.1, -1.0, 2.0):
        yield call(q1, q2, t1, t2, xi, theta, m)
    yield call(q1[:1], q2, t1, t2, xi, theta, 0.5)
    yield call(q1, q2[:, :1], t1, t2, xi, theta, 0.5)
    yield call(q1, q2, t1.T, t2, xi, theta, 0.5)
    yield call(q1, q2, t1, t2[:, :1], xi, theta, 0.5)
    yield call(q1[:1], q2[:1], t1, t2, xi, theta, 0.5)
    yield call(q1, q2, t1[:1], t2[:1], xi, theta, 0.5)
    for place in range(4):
        rows = [torch.cat([one, one]) if at == place else one for at, one in enumerate((q1, q2, t1, t2))]
        yield call(*rows, xi, theta, 0.5)
    yield call(q1, q2, t1, t2, xi, [torch.cat([theta[0], theta[0]]), theta[1]], 0.5)
    yield call(q1, q2, t1, t2, xi[:1], theta, 0.5)
    yield call(q1, q2, t1, t2, xi, theta[:1], 0.5)
    yield call(q1, q2, t1, t2, xi, [], 0.5)
    yield call(q1, q2, t1, t2, xi, theta[::-1], 0.5)
    yield call(q1, q2, t1, t2, xi, [theta[0][:1], theta[1]], 0.5)
    yield call(q1, q2, t1, t2, xi, [theta[0], theta[1][:1]], 0.5)
    # Each view fits, or each pair that is compared, but not the other; as many numbers, but in another shape.
    yield call(q1, q2[:1], t1, t2[:1], xi, theta, 0.5)
    yield call(q1, q2[:1], t1[:1], t2, xi, theta, 0.5)
    yield call(q1, q2, t1, t2, [xi[0][None], xi[1]], theta, 0.5)
    # Where nothing is mixed, too.
    yield call(q1, q2, t1, t2, xi, theta[:1], 1.0)
    yield call(q1, q2, t1, t2, xi, [theta[0][:1], theta[1]], 0.0)
    yield call(q1, q2, t1, t2, [], [], 1.5)
    for m in (0.0, 0.5, 1.0):
        yield call(q1, q2, t1, t2, xi, theta, m)


def rows(*values):
    return torch.tensor(values, dtype=torch.float64)


Q, R, S = rows([1.0, 0]), rows([0.0, 2]), rows([3.0, 4])
XI, THETA = [rows(1.0, 2.0)], [rows(3.0, -2.0)]
SMALL = [
    call(Q, R, S, Q, XI, THETA, 0.5), call(Q, Q.clone(), S, R, XI, THETA, 0.75),
    call(Q, R, R.clone(), Q.clone(), XI, THETA, 0.0), call(S, S.clone(), -S, S.clone(), XI, THETA, 1.0),
    call(torch.cat([Q, R]), torch.cat([S, Q]), torch.cat([S, R]), torch.cat([Q, S]), XI, THETA, 0.25),
    call(2 * Q, R, 5 * S, Q, XI, THETA, 0.5), call(Q, R, S, -Q, XI, THETA, 0.25),
    call(Q, R, S, Q, [rows(1.0), rows([2.0])], [rows(3.0), rows([4.0])], 0.5),
    call(*(rows([1.0], [size]) for size in (2.0, -1.0, 3.0, -2.0)), XI, THETA, 0.5),
    call(0.001 * Q, R, S, 1000 * Q, XI, THETA, 0.5), call(Q, R, S, Q, [], [], 0.5),
    call(torch.cat([Q, S]).T.contiguous().T, torch.cat([S, Q]), torch.cat([S, R]), torch.cat([Q, S]), XI, THETA, 0.5),
]  # fmt: skip
GRADED = [all_ask(*one.args) for one in SMALL] + [call(*given, XI, THETA, 0.5) for given in one_asks([Q, R, S, Q])]
OWNED = [call(XI, THETA, m) for m in (0.5, 0.0, 1.0, 0.75)]
BAD = [
    call(Q, R, S, Q, XI, THETA, -0.5), call(Q, R, S, Q, XI, THETA, 1.5), call(Q, R, S, rows([1.0]), XI, THETA, 0.5),
    call(torch.cat([Q, R]), R, S, Q, XI, THETA, 0.5), call(Q, R, S, Q, XI, [], 0.5),
    call(Q, R, S, Q, XI, THETA * 2, 0.5), call(Q, R, S, Q, XI, [rows(1.0)], 0.5),
    call(Q, R, torch.cat([Q, R]), torch.cat([Q, R]), XI, THETA, 0.5), call(Q, R, S, Q, XI, [rows([1.0, 2.0])], 0.5),
    call(Q, R, S, Q, XI, THETA, 0.5), call(Q, R, S, Q, XI, THETA, 0.0), call(Q, R, S, Q, XI, THETA, 1.0),
    call(Q, R, S, Q, XI, THETA * 2, 1.0), call(Q, R, S, Q, XI, [rows(1.0)], 0.0), call(Q, R, S, Q, [], [], 1.5),
    call(Q, torch.cat([Q, R]), S, Q, XI, THETA, 0.5), call(Q, R, torch.cat([Q, R]), S, XI, THETA, 0.5),
    call(torch.cat([Q, R]), R, S, torch.cat([S, Q]), XI, THETA, 0.5),
    call(torch.cat([Q, R]), torch.cat([R, S]), S, Q, XI, THETA, 0.5),
    call(torch.cat([Q, R]), R, torch.cat([S, Q]), Q, XI, THETA, 0.5),
    call(Q, R, S, Q, XI * 2, [*THETA, rows(1.0)], 0.5), call(Q, R, S.T, Q, XI, THETA, 0.5),
]  # fmt: skip


@pytest.mark.points(3)
def test_the_loss(byol_step, agree):
    """the mean over the batch of 2 - 2 cos(q1, t2) + 2 - 2 cos(q2, t1)"""
    agree(byol_step, **asked(losses, SMALL), judge=loss_alone)


@pytest.mark.points(3)
def test_next_parameters(byol_step, agree):
    """new xi is m·xi + (1 - m)·theta, for any number of tensors"""
    agree(byol_step, **asked(targets, SMALL), judge=xi_alone)


@pytest.mark.points(3)
def test_gradients(byol_step, agree):
    """the gradient reaches q1 and q2, and neither t1 nor t2"""
    agree(byol_step, **asked(graded, GRADED), through=gradients)


@pytest.mark.points(1)
def test_layouts(byol_step, agree):
    """tensors that are not contiguous in memory; no argument is changed, nor anything global"""
    agree(byol_step, **asked(layouts, SMALL), judge=both, unchanged=True, alone=True)


@pytest.mark.points(2)
@pytest.mark.edge
def test_parameters_are_new(byol_step, agree):
    """new parameters carry no graph, and share memory with neither xi nor theta"""
    agree(byol_step, **asked(parameters, OWNED), through=owned, judge=left_alone)


@pytest.mark.points(0.5)
@pytest.mark.edge
def test_lengths(byol_step, agree):
    """how long a row is changes nothing, from 1e-3 to 1e3"""
    why = "rows may be as short as 0.001: add nothing to their length, and put no floor under it"
    agree(byol_step, **asked(extremes, SMALL), judge=judges.because(why, loss_alone))


@pytest.mark.points(1.5)
@pytest.mark.edge
def test_refusals(byol_step, agree):
    """m outside [0, 1], lists or shapes that do not fit: ValueError"""
    agree(byol_step, **asked(refused, BAD), judge=judges.refusal)
