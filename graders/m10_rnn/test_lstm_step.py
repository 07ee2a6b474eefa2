"""Hidden checks of lstm_step."""

import pytest
import torch

from winnow.checks import call, driver, judges
from winnow.checks.recipes import asked
from winnow.checks.tensors import one_asks


def cell(rng, batch, width, units, dtype=torch.float64, scale=1.0, tracked=False):
    """Input, states and weights of one step; pre-activations are a few units wide."""
    shapes = (batch, width), (batch, units), (batch, units), (4 * units, width), (4 * units, units), (4 * units,)
    return [torch.tensor(scale * rng.normal(size=shape), dtype=dtype).requires_grad_(tracked) for shape in shapes]


@driver(shows="lstm_step({x}, {h}, {c}, {W}, {U}, {b})")
def both_states(lstm_step, x, h, c, W, U, b):
    import torch

    new_h, new_c = lstm_step(x, h, c, W, U, b)
    given = [one for one in (x, h, c, W, U, b) if one.requires_grad]
    weights = torch.cos(torch.arange(new_h.numel(), dtype=new_h.dtype)).reshape(new_h.shape)
    # Where nothing flows the gradient is 0, and no exception of autograd.
    nothing = sum((0 * one).sum() for one in given)
    of_h = torch.autograd.grad((new_h * weights).sum() + nothing, given, retain_graph=True)
    of_c = torch.autograd.grad((new_c * weights).sum() + nothing, given)
    clean = [one.grad is None for one in given]
    gradients = {"gradients of h'": list(of_h), "gradients of c'": list(of_c)}
    return {"h'": new_h.detach(), "c'": new_c.detach(), **gradients, "grad untouched": clean}


@driver(
    shows="lstm_step for one row of {xs} after the other, from h = {h} and c = {c}, with {W}, {U}, {b}; then for the "
    "first row in torch.no_grad(), and whether gradients are on there afterwards"
)
def in_turn(lstm_step, xs, h, c, W, U, b):
    import torch

    for x in xs:
        h, c = lstm_step(x, h, c, W, U, b)
    # As in evaluation: what keeps no graph keeps none afterwards.
    with torch.no_grad():
        h, c = lstm_step(xs[0], h, c, W, U, b)
        tracks = torch.is_grad_enabled()
    return h, c, tracks


def plain(rng):
    yield call(*cell(rng, 2, 3, 2))
    yield call(*cell(rng, 1, 1, 1))
    yield call(*cell(rng, 3, 2, 4, dtype=torch.float32))
    yield call(*cell(rng, 2, 4, 3, scale=0.5))
    # W is square, and U as long as that.
    yield call(*cell(rng, 3, 4, 1))


def sequences(rng):
    x, h, c, W, U, b = cell(rng, 2, 3, 2)
    yield call(torch.stack([x, -x, 2 * x]), h, c, W, U, b)


def tracked(rng):
    yield call(*cell(rng, 2, 3, 2, tracked=True))
    *others, b = cell(rng, 1, 1, 2)
    # A bias of zeros learns as well.
    yield from (call(*given) for given in one_asks([*others, torch.zeros_like(b)]))


def extreme(rng):
    """Gates far open and far shut, and large cell states; an empty batch."""
    yield call(*cell(rng, 2, 2, 2, scale=3.0))
    x, h, c, W, U, _ = cell(rng, 2, 2, 2, dtype=torch.float32)
    signs = torch.tensor([1.0, -1, -1, 1, 1, 1, 1, -1])
    yield call(x, h, c + torch.tensor([[200.0, -200], [-200, 200]]), 0 * W, 0 * U, 48 * signs)
    yield call(*cell(rng, 0, 3, 2))


def layouts(rng):
    x, h, c, W, U, b = cell(rng, 3, 2, 2)
    yield call(*(one.T.contiguous().T for one in (x, h, c, W, U)), torch.stack([b, -b], 1)[:, 0])
    yield call(*(one.float() for one in (x, h, c, W, U, b)))
    # The meta device holds no numbers: what leaves it fails, as it would on a GPU.
    yield call(*(one.to("meta") for one in (x, h, c, W, U, b)))


def refused(rng):
    x, h, c, W, U, b = cell(rng, 2, 3, 2)
    yield call(x[:1], h, c, W, U, b)
    yield call(x, h[:1], c, W, U, b)
    yield call(x, h, c[:1], W, U, b)
    yield call(x, h[:1], c[:1], W, U, b)
    yield call(x, h, c[:, :1], W, U, b)
    yield call(x[:, :1], h, c, W, U, b)
    yield call(x, h[:, :1], c, W, U, b)
    # As many numbers as asked for, in another shape.
    yield call(x, h, c, W, U.T, b)
    yield call(x, h, c.flatten(), W, U, b)
    yield call(x, h, c, W[:4], U, b)
    # A row too many in all of them.
    x_, h_, c_, *weights = cell(rng, 2, 3, 1)
    yield call(x_, h_, c_, *(torch.cat([one, one[:1]]) for one in weights))
    # Gates of two units, which broadcast against states of one.
    yield call(x, h[:, :1], c[:, :1], W, U[:, :1], b)
    yield call(x, h, c, W, U[:4], b)
    yield call(x, h, c, W, U[:, :1], b)
    yield call(x, h, c, W.T, U, b)
    for off in (b[:1], torch.stack([b, b]), b[:, None], b[None], b[0]):
        yield call(x, h, c, W, U, off)
    # In a batch of 0, too.
    yield call(x[:0], h[:0], c[:0], W[:, :1], U, b)
    yield call(x, h, c, W, U, b)
    yield call(x[:0], h[:0], c[:0], W, U, b)


def rows(*values):
    return torch.tensor(values, dtype=torch.float64)


ONE = [
    rows([1.0]), rows([0.5]), rows([2.0]), rows([1.0], [0.0], [-1.0], [2.0]), rows([0.0], [1.0], [2.0], [-1.0]),
    rows(0.5, -1.0, 0.0, 1.0),
]  # fmt: skip
ZERO = [rows([1.0]), rows([1.0]), rows([1.0]), 0 * ONE[3], 0 * ONE[4], 0 * ONE[5]]
TWO = [
    rows([1.0]), rows([0.5, 1.0]), rows([2.0, -1.0]), torch.arange(-4.0, 4.0).double()[:, None] / 2,
    torch.ones(8, 2).double() / 4, rows(*[0.5, -1] * 4),
]  # fmt: skip
PAIR = [torch.cat([ONE[0], -ONE[0]]), torch.cat([ONE[1], ONE[1]]), torch.cat([ONE[2], ONE[1]]), *ONE[3:]]
SMALL = [call(*ZERO), call(*ONE), call(*ZERO[:5], rows(0.0, 2.0, 0.0, 0.0)), call(*ZERO[:5], rows(1.0, 0.0, 1.0, 2.0))]
SMALL += [
    call(*TWO),
    call(*PAIR),
    call(ONE[0][:0], ONE[1][:0], ONE[2][:0], *ONE[3:]),
    call(*TWO[:4], TWO[4].T.contiguous().T, TWO[5]),
    call(*(one.to("meta") for one in ONE)),
    call(rows([1.0, 0.0, 0.0, 0.0]), *ONE[1:3], torch.arange(16.0, dtype=torch.float64).reshape(4, 4) / 8, *ONE[4:]),
    call(*(one.float() for one in (*ZERO[:2], 200 * ZERO[2], *ZERO[3:5], rows(0.0, 48.0, 48.0, 48.0)))),
]
GRADED = [call(*(one.clone().requires_grad_() for one in given)) for given in (ONE, TWO, ZERO)]
GRADED += [call(*given) for given in one_asks(ONE)]
TURNS = [call(torch.stack([given[0], 2 * given[0]]), *given[1:]) for given in (ONE, TWO)]
BAD = [
    call(*ONE[:5], ONE[5][:1]), call(*ONE[:5], ONE[5][:, None]), call(*ONE[:5], ONE[5][0]),
    call(*ONE[:5], ONE[5][None]), call(rows([1.0, 2.0]), *ONE[1:]), call(ONE[0], rows([1.0], [2.0]), *ONE[2:]),
    call(*ONE[:2], rows([1.0], [2.0]), *ONE[3:]), call(*ONE[:3], ONE[3][:3], *ONE[4:]),
    call(*ONE[:4], ONE[4][:3], ONE[5]), call(*ONE[:3], ONE[3].T, *ONE[4:]),
    call(*ONE[:2], rows([1.0, 2.0]), *ONE[3:]), call(*ONE[:4], torch.cat([ONE[4], ONE[4]], 1), ONE[5]),
    call(rows([1.0], [2.0]), *ONE[1:]), call(*ONE), call(*TWO), call(*TWO[:5], TWO[5][:4]),
    call(*TWO[:3], TWO[3][:4], *TWO[4:]), call(*TWO[:4], TWO[4][:, :1], TWO[5]),
    call(*ONE[:3], TWO[3], TWO[4][:, :1], TWO[5]), call(*PAIR[:5], torch.stack([ONE[5], ONE[5]])),
    call(*ONE[:3], *(torch.cat([one, one[:1]]) for one in ONE[3:])),
    call(*(one[:0] for one in ONE[:3]), *ONE[3:5], ONE[5][:1]),
    call(*(one[:0] for one in ONE[:3]), ONE[3].T, *ONE[4:]), call(*ONE[:4], ONE[4].T, ONE[5]),
    call(*ONE[:2], ONE[2][0], *ONE[3:]),
]  # fmt: skip


@pytest.mark.points(3)
def test_one_step(lstm_step, agree):
    """c' = f·c + i·g and h' = o·tanh(c'), with the gates in torch's order"""
    agree(lstm_step, **asked(plain, SMALL), judge=judges.list_or_tuple)


@pytest.mark.points(2)
def test_steps_in_turn(lstm_step, agree):
    """what a step returns goes into the next one, in the same order"""
    agree(lstm_step, **asked(sequences, TURNS), through=in_turn, judge=judges.list_or_tuple)


@pytest.mark.points(4)
def test_gradients(lstm_step, agree):
    """gradients flow from both states to every argument"""
    agree(lstm_step, **asked(tracked, GRADED), through=both_states)


@pytest.mark.points(1)
def test_layouts(lstm_step, agree):
    """tensors that are not contiguous, or on another device; no argument is changed, nor anything global"""
    agree(lstm_step, **asked(layouts, SMALL), judge=judges.list_or_tuple, unchanged=True, alone=True)


@pytest.mark.points(2)
@pytest.mark.edge
def test_extremes(lstm_step, agree):
    """gates far open and far shut, and a batch of 0"""
    agree(lstm_step, **asked(extreme, SMALL), judge=judges.list_or_tuple)


@pytest.mark.points(2)
@pytest.mark.edge
def test_refusals(lstm_step, agree):
    """shapes that do not fit, a b that would broadcast included: ValueError"""
    agree(lstm_step, **asked(refused, BAD), judge=judges.refusal)
