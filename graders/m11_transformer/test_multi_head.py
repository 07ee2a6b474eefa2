"""Hidden checks of multi_head."""

import pytest
import torch

from winnow.checks import call, judges
from winnow.checks.recipes import asked
from winnow.checks.tensors import one_asks, turned


def layer(rng, batch, length, width, dtype=torch.float64, tracked=False):
    """Tokens and four weights, none of them symmetric, with scores of a few units."""
    shapes = [(batch, length, width)] + [(width, width)] * 4
    return [
        torch.tensor(rng.normal(size=one) * 1.2 / width**0.25, dtype=dtype).requires_grad_(tracked) for one in shapes
    ]


def plain(rng):
    yield call(*layer(rng, 2, 3, 4), 2)
    yield call(*layer(rng, 1, 5, 6), 3)
    yield call(*layer(rng, 2, 2, 6), heads=2)
    yield call(*layer(rng, 3, 4, 8, dtype=torch.float32), 4)
    # Scores near 100, which differ by a few; and up to a thousand, beyond what exp can take.
    eye = [torch.eye(2, dtype=torch.float64) for _ in range(4)]
    near = 10 + torch.tensor(rng.uniform(0, 0.5, (1, 3, 2)))
    yield call(near, *eye, 2)
    yield call(3 * near, *eye, 2)


def one_or_all(rng):
    """One head; as many heads as columns; one token; batch and length alike."""
    yield call(*layer(rng, 2, 3, 4), 1)
    yield call(*layer(rng, 2, 3, 4), 4)
    yield call(*layer(rng, 2, 1, 4), 2)
    yield call(*layer(rng, 4, 4, 4), 2)
    yield call(*layer(rng, 1, 3, 1), 1)


def tracked(rng):
    yield call(*layer(rng, 2, 3, 4, tracked=True), 2)
    yield call(*layer(rng, 1, 2, 6, tracked=True), 3)
    yield from (call(*given) for given in one_asks([*layer(rng, 1, 2, 2), 2]))


def layouts(rng):
    x, Wq, Wk, Wv, Wo = layer(rng, 2, 3, 4)
    yield call(*(turned(one) for one in (x, Wq, Wk, Wv, Wo)), 2)
    yield call(x.transpose(0, 1).contiguous().transpose(0, 1), Wq, Wk, Wv.T, Wo.T, 2)
    yield call(x.clone(), Wq.clone(), Wk.clone(), Wv.clone(), Wo.clone(), 4)
    yield call(*(one.float() for one in (x, Wq, Wk, Wv, Wo)), 2)
    # The meta device holds no numbers: what leaves it fails, as it would on a GPU.
    yield call(*(one.to("meta") for one in (x, Wq, Wk, Wv, Wo)), 2)


def refused(rng):
    given = layer(rng, 2, 3, 6)
    for heads in (0, -1, -2, 4, 5, 12, 7):
        yield call(*given, heads)
    # Of one token, or one column, there is nothing to mix, but heads may be wrong all the same.
    yield call(*layer(rng, 2, 1, 6), 4)
    yield call(*layer(rng, 2, 3, 1), 0)
    yield call(*layer(rng, 2, 3, 1), 2)
    for heads in (1, 2, 3, 6):
        yield call(*given, heads)


def tokens(*values):
    return torch.tensor([values], dtype=torch.float64)


EYE, ZERO = torch.eye(2, dtype=torch.float64), torch.zeros(2, 2, dtype=torch.float64)
SKEW = torch.tensor([[1.0, 2.0], [0.0, 1.0]], dtype=torch.float64)
X = tokens([1.0, 0.0], [0.0, 2.0])
Y = tokens([1.0, 0.0, 2.0, 1.0], [0.0, 2.0, 1.0, -1.0], [1.0, 1.0, 0.0, 0.0])
BIG = torch.tensor([[1.0, 0, 1, 0], [0, 1, 0, 0], [2, 0, 1, 0], [0, 0, 1, 1]], dtype=torch.float64)
E4 = torch.eye(4, dtype=torch.float64)
SMALL = [
    call(X, ZERO, ZERO, EYE, EYE, 1), call(X, EYE, EYE, EYE, EYE, 1), call(X, EYE, EYE, EYE, EYE, 2),
    *(call(tokens([size], [size + 0.5]), *[EYE[:1, :1]] * 4, 1) for size in (10.0, 30.0)),
    call(X, SKEW, EYE, EYE, EYE, 1), call(X, EYE, SKEW, EYE, EYE, 2), call(X, EYE, EYE, SKEW, EYE, 2),
    call(X, EYE, EYE, EYE, SKEW, 2), call(Y, E4, E4, E4, E4, 2), call(Y, BIG, E4, E4, E4, 2),
    call(Y, E4, BIG, BIG, BIG, 2), call(Y, BIG, BIG, BIG, BIG, 4), call(torch.cat([X, 2 * X]), EYE, EYE, EYE, EYE, 2),
    call(torch.cat([Y, Y.flip(2)]), BIG, E4, E4, BIG, 2), call(turned(torch.cat([X, 2 * X])), EYE, EYE, EYE, EYE, 2),
    call(*(one.clone().requires_grad_() for one in (X, EYE, SKEW, EYE, SKEW)), 2),
    call(*(one.clone().requires_grad_() for one in (Y, BIG, E4, BIG, BIG)), 2),
    call(*(one.to("meta") for one in (X, EYE, EYE, EYE, EYE)), 2),
    call(X[:, :1], EYE, EYE, EYE, SKEW, 2), *(call(*given) for given in one_asks([X, EYE, SKEW, EYE, SKEW, 2])),
]  # fmt: skip
BAD = [call(X, EYE, EYE, EYE, EYE, heads) for heads in (0, -1, 3, -2, 4, 1, 2)] + [call(Y, E4, E4, E4, E4, 3)]
BAD += [call(X[:, :1], EYE, EYE, EYE, EYE, 3)] + [call(X[..., :1], *[EYE[:1, :1]] * 4, heads) for heads in (0, 2)]


@pytest.mark.points(4)
def test_heads(multi_head, agree):
    """each head attends with its own columns and its own scale; then they are put side by side, and through Wo"""
    agree(multi_head, **asked(plain, SMALL))


@pytest.mark.points(4)
def test_gradients(multi_head, agree):
    """gradients flow to x and to all four weights"""
    agree(multi_head, **asked(tracked, SMALL), gradients=True)


@pytest.mark.points(2)
def test_layouts(multi_head, agree):
    """tensors that are not contiguous, or on another device; no argument is changed, nor anything global"""
    agree(multi_head, **asked(layouts, SMALL), unchanged=True, alone=True)


@pytest.mark.points(2)
@pytest.mark.edge
def test_one_head_and_many(multi_head, agree):
    """one head, as many heads as columns, one token, batch and length alike"""
    agree(multi_head, **asked(one_or_all, SMALL))


@pytest.mark.points(2)
@pytest.mark.edge
def test_refusals(multi_head, agree):
    """heads below 1 or not a divisor of the width: ValueError"""
    agree(multi_head, **asked(refused, BAD), judge=judges.refusal)
