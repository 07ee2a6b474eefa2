"""Hidden checks of attention."""

import pytest
import torch

from winnow.checks import call, judges
from winnow.checks.recipes import asked
from winnow.checks.tensors import one_asks, turned


def heads(rng, *lead, t=3, s=4, d=4, e=2, dtype=torch.float64, tracked=False):
    """Queries, keys and values with scores of a few units, all lengths different."""
    shapes = (*lead, t, d), (*lead, s, d), (*lead, s, e)
    return [torch.tensor(1.5 * rng.normal(size=shape), dtype=dtype).requires_grad_(tracked) for shape in shapes]


def some(rng, *shape):
    """A mask in which every query sees a key and misses one."""
    mask = torch.tensor(rng.random(shape) < 0.6)
    mask[..., 0], mask[..., -1] = True, False
    return mask


def plain(rng):
    yield call(*heads(rng))
    yield call(*heads(rng, 2, t=2, s=5, d=9, e=3))
    yield call(*heads(rng, 2, 1, 3, t=1, s=3, d=1, e=1))
    yield call(*heads(rng, t=4, s=4, d=2, e=4, dtype=torch.float32))
    # A small weight on a large value: a root of 3 in single precision is seen.
    yield call(rows([float(rng.uniform(38, 42)), 0, 0]), rows([1.0, 0, 0], [0, 0, 0]), rows([0.0], [1e9]))


def masked(rng):
    # As many samples as queries: a mask of two axes is of queries and keys.
    yield call(*heads(rng, 3), some(rng, 3, 4))
    yield call(*heads(rng, 2, 2), mask=some(rng, 2, 3, 4))
    # As many queries as keys: one axis is that of the keys.
    yield call(*heads(rng, 2, 2, t=4), some(rng, 4))
    yield call(*heads(rng, 2), some(rng, 2, 1, 4))
    yield call(*heads(rng, 2, t=4, s=4), torch.ones(4, 4, dtype=torch.bool).tril())
    yield call(*heads(rng), torch.ones(3, 4, dtype=torch.bool))


def blind(rng):
    """Queries that may look at nothing, beside others, and alone."""
    mask = some(rng, 3, 4)
    mask[1] = False
    yield call(*heads(rng), mask)
    yield call(*heads(rng, 2), torch.zeros(3, 4, dtype=torch.bool))
    yield call(*heads(rng, 2), torch.stack([mask, ~mask]))
    yield call(*heads(rng, t=2, s=1), torch.tensor([[False], [True]]))


def tracked(rng):
    yield call(*heads(rng, 2, tracked=True))
    yield call(*heads(rng, tracked=True), some(rng, 3, 4))
    mask = some(rng, 3, 4)
    mask[2] = False
    yield call(*heads(rng, tracked=True), mask)
    yield from (call(*given) for given in one_asks(heads(rng)))


def large(rng):
    """Scores of ten thousand, in favour of one key, of a masked key, and of all alike."""
    for dtype in (torch.float32, torch.float64):
        q, k, v = heads(rng, t=2, s=3, d=4, dtype=dtype)
        yield call(
            torch.tensor([[2e4], [0.0]], dtype=dtype) * torch.ones_like(q),
            torch.tensor([[1.0], [0.5], [-1.0]], dtype=dtype) * torch.ones_like(k),
            v,
        )
        mask = torch.tensor([[False, True, True]])
        yield call(
            2e4 * torch.ones_like(q), torch.tensor([[1.0], [0.5], [0.25]], dtype=dtype) * torch.ones_like(k), v, mask
        )
    # Below every number that might stand for what is hidden.
    yield call(-2e10 * torch.ones_like(q), torch.ones_like(k), v, torch.tensor([[False, True, False]]))


def layouts(rng):
    q, k, v = heads(rng, 2, 2)
    yield call(*(turned(one) for one in (q, k, v)))
    yield call(q, k, v, some(rng, 2, 4, 3).mT)
    yield call(q.clone(), k.clone(), v.clone(), some(rng, 3, 4))
    yield call(q.float(), k.float(), v.float(), some(rng, 3, 4))
    # Of one key the weight is 1, and the result is no view of its value.
    yield call(*heads(rng, t=1, s=1))


def refused(rng):
    q, k, v = heads(rng, 2)
    yield call(q[..., :3], k, v)
    yield call(q, k[..., :1], v)
    yield call(q, k, v[:, :3])
    yield call(q, k, v[:, :1])
    yield call(q, k[:, :1], v)
    for dtype in (torch.float64, torch.int64, torch.uint8):
        yield call(q, k, v, torch.ones(3, 4, dtype=dtype))
    yield call(q, k, v, torch.zeros(3, 4))
    yield call(q, k, v)
    yield call(q, k, v, torch.ones(3, 4, dtype=torch.bool))


def rows(*values):
    return torch.tensor(values, dtype=torch.float64)


def bools(*values):
    return torch.tensor(values, dtype=torch.bool)


Q, K, V = rows([2.0, 0]), rows([1.0, 0], [0.0, 1]), rows([1.0], [3.0])
# Two samples of two heads, each with one query and one key.
FOUR = [torch.arange(start, start + 4.0).double().reshape(2, 2, 1, 1) for start in (0, 1, 2)]
SMALL = [
    call(Q, K, V), call(0 * Q, K, V), call(rows([2.0, 0], [0, 1]), K, V), call(rows([1.0]), rows([1.0], [0.0]), V),
    call(Q, K, V, bools(True, False)), call(Q, K, V, bools(False, True)), call(Q, K, V, bools(False, False)),
    call(rows([1.0, 0, 0, 0]), rows([2.0, 0, 0, 0], [0, 0, 0, 0], [0, 1, 0, 0]), rows([1.0], [2], [4])),
    call(rows([2.0, 0], [0, 1]), K, V, bools([True, False], [True, True])),
    call(rows([2.0, 0], [0, 1]), K, V, bools([False, False], [True, True])), call(1e4 * Q, K, V),
    call(rows([1e4, 0], [0, 1]), K, V),
    call(1e4 * Q, K, V, bools(False, True)), call(-1e5 * Q, rows([1.0, 0], [1.0, 0]), V, bools(False, True)),
    call(rows([1.0, 0], [0, 1], [1, 1]), K, rows([1.0, 0], [3, 1])),
    call(*(one.clone().requires_grad_() for one in (Q, K, V))),
    call(*(one.clone().requires_grad_() for one in (Q, K, V)), bools(False, False)),
    call(*(one.clone().requires_grad_() for one in (Q, K, V)), bools(True, False)),
    call(rows([[1.0, 0]], [[0.0, 2]]), torch.stack([K, 2 * K]), torch.stack([V, V + 1])),
    call(rows([40.0, 0, 0]), rows([1.0, 0, 0], [0, 0, 0]), rows([0.0], [1e9])), call(Q, K[:1], V[:1]),
    call(torch.stack([K, K]), torch.stack([K, K]), torch.stack([V, V]), bools([True, False], [True, True])),
    call(-1e12 * Q, rows([1.0, 0], [1.0, 0]), V, bools(False, True)),
    call(100 * Q, rows([1.0, 0], [0.5, 0]), V),
    call(*FOUR), call(*FOUR, bools([[True]], [[False]])), call(*(turned(one) for one in FOUR)),
    *(call(*given) for given in one_asks([Q, K, V])),
    call(*(one[None, None, None] for one in (Q, K, V))), call(rows([2.0, 0], [0, 1]), K, V, bools(True, False)),
    call(1000 * Q, rows([1.0, 0], [0.5, 0]), V, bools(True, True)),
]  # fmt: skip
BAD = [
    call(Q[:, :1], K, V), call(Q, K[:, :1], V), call(Q, K, V[:1]), call(Q, K[:1], V), call(Q, K, V, torch.ones(1, 2)),
    call(Q, K, V, torch.ones(1, 2, dtype=torch.int64)), call(Q, K, V, torch.zeros(1, 2)), call(Q, K, V),
    call(Q, K, V, bools(True, False)), call(Q, K, V, torch.ones(1, 2, dtype=torch.uint8)),
]  # fmt: skip


@pytest.mark.points(3)
def test_plain(attention, agree):
    """softmax(q kᵀ / √d) v, for any leading dimensions"""
    agree(attention, **asked(plain, SMALL))


@pytest.mark.points(3)
def test_masks(attention, agree):
    """a query looks where the mask is True, and its weights add up to 1 there"""
    agree(attention, **asked(masked, SMALL))


@pytest.mark.points(3)
def test_gradients(attention, agree):
    """gradients flow to q, k and v, and none of them is NaN"""
    agree(attention, **asked(tracked, SMALL), gradients=True)


@pytest.mark.points(1)
def test_layouts(attention, agree):
    """tensors that are not contiguous in memory; no argument is changed or shared, nor anything global"""
    agree(attention, **asked(layouts, SMALL), unchanged=True, alone=True, new=True)


@pytest.mark.points(1)
@pytest.mark.edge
def test_blind_queries(attention, agree):
    """a query that may look at nothing gets zeros"""
    agree(attention, **asked(blind, SMALL))


@pytest.mark.points(1.5)
@pytest.mark.edge
def test_large_scores(attention, agree):
    """scores of ten thousand give finite results, and a masked key stays masked"""
    why = "a hidden score is -inf, below all others, and exp needs the largest score of the seen keys taken off"
    agree(attention, **asked(large, SMALL), judge=judges.because(why))


@pytest.mark.points(1.5)
@pytest.mark.edge
def test_refusals(attention, agree):
    """widths or numbers that differ, a mask that is not bool: ValueError"""
    agree(attention, **asked(refused, BAD), judge=judges.refusal)
