"""Hidden checks of masked_seq_loss."""

import pytest
import torch

from winnow.checks import call, judges
from winnow.checks.recipes import asked
from winnow.checks.tensors import turned


def batch(rng, lengths, steps, classes, dtype=torch.float64, tracked=False):
    """Logits and labels whose padding would change every result."""
    logits = torch.tensor(2 * rng.normal(size=(len(lengths), steps, classes)), dtype=dtype)
    labels = torch.tensor(rng.integers(0, classes, (len(lengths), steps)))
    for row, length in enumerate(lengths):
        logits[row, length:] *= 4
    return logits.requires_grad_(tracked), labels, torch.tensor(lengths)


def plain(rng):
    yield call(*batch(rng, [4, 2, 3], 5, 3))
    yield call(*batch(rng, [1, 6, 2, 5], 6, 2))
    yield call(*batch(rng, [3], 3, 4))
    yield call(*batch(rng, [2, 4], 4, 3, dtype=torch.float32))


def uneven(rng):
    """Sequences without a token, full ones, one token among many, and large logits."""
    yield call(*batch(rng, [0, 3, 0, 1], 4, 3))
    yield call(*batch(rng, [5, 5], 5, 2))
    yield call(*batch(rng, [0, 1, 0], 7, 3))
    yield call(*batch(rng, [1, 1, 1], 1, 4))
    yield call(*batch(rng, [2, 1], 2, 1))
    logits, *others = batch(rng, [3, 1], 4, 3)
    yield call(1000 * logits, *others)


def dirty(rng):
    """Padding that holds no labels and no numbers."""
    for label, logit in ((-1, float("nan")), (-100, float("inf")), (99, -float("inf")), (3, 1e300)):
        logits, labels, lengths = batch(rng, [3, 1, 0, 2], 4, 3)
        padding = torch.arange(4) >= lengths[:, None]
        yield call(logits.masked_fill(padding[..., None], logit), labels.masked_fill(padding, label), lengths)
    # Infinities of both signs in one row of the padding, whose difference is NaN.
    logits, labels, lengths = batch(rng, [3, 1, 0, 2], 4, 3)
    padding = torch.arange(4) >= lengths[:, None]
    both = torch.tensor([float("inf"), -float("inf"), 0], dtype=torch.float64)
    yield call(torch.where(padding[..., None], both, logits), labels.masked_fill(padding, 1), lengths)
    # A label of 0 is a class where the token is real.
    logits, labels, lengths = batch(rng, [3, 2], 4, 3)
    yield call(logits, 0 * labels, lengths)


def tracked(rng):
    yield call(*batch(rng, [3, 1], 4, 3, tracked=True))
    logits, labels, lengths = batch(rng, [0, 2, 3], 3, 2)
    padding = torch.arange(3) >= lengths[:, None]
    for logit in (float("nan"), float("inf")):
        dirty_logits = logits.masked_fill(padding[..., None], logit).requires_grad_()
        yield call(dirty_logits, labels.masked_fill(padding, -1), lengths)


def layouts(rng):
    logits, labels, lengths = batch(rng, [4, 2, 3], 4, 3)
    yield call(turned(logits), turned(labels), lengths)
    yield call(logits.flip(0), labels, lengths)
    yield call(logits.clone(), labels.clone().index_fill_(1, torch.tensor([3]), -100), torch.tensor([3, 0, 3]))
    yield call(logits.float(), labels.clone(), lengths)


def refused(rng):
    logits, labels, lengths = batch(rng, [3, 1], 4, 3)
    for off in ([5, 1], [3, 9], [-1, 3], [3, -4], [0, 0], [4, 5]):
        yield call(logits, labels, torch.tensor(off))
    yield call(logits[:0], labels[:0], lengths[:0])
    yield call(logits[:, :0], labels[:, :0], 0 * lengths)
    yield call(logits, labels, lengths)
    yield call(logits, labels, torch.tensor([4, 0]))


def ints(*values):
    return torch.tensor(values)


Z = torch.tensor([[[2.0, 0.0], [0.0, 1.0], [3.0, 0.0]], [[0.0, 0.0], [1.0, 0.0], [0.0, 5.0]]], dtype=torch.float64)
L = ints([0, 0, 1], [1, 1, 1])
NAN = Z.clone()
NAN[0, 2], NAN[1, 1:] = float("nan"), float("inf")
BOTH = Z.clone()
BOTH[1, 1:] = torch.tensor([float("inf"), -float("inf")])
ZEROS = torch.zeros(2, 3, dtype=torch.int64)
SMALL = [
    call(Z[:1], L[:1], ints(3)), call(Z[:1], L[:1], ints(2)), call(Z[:1], L[:1], ints(1)), call(Z, L, ints(3, 3)),
    call(Z, L, ints(3, 1)), call(Z, L, ints(2, 0)), call(Z, ZEROS, ints(2, 2)), call(Z[:1, :1], L[:1, :1], ints(1)),
    call(NAN, L, ints(2, 1)), call(BOTH, L, ints(3, 1)), call(Z, ints([0, 0, -1], [1, -1, -1]), ints(2, 1)),
    call(Z, ints([0, 0, -100], [1, -100, -100]), ints(2, 1)), call(Z, ints([0, 0, 9], [1, 9, 9]), ints(2, 1)),
    call(Z.clone().requires_grad_(), L, ints(3, 1)),
    call(NAN.clone().requires_grad_(), ints([0, 0, -1], [1, -1, -1]), ints(2, 1)),
    call(turned(Z), turned(L), ints(3, 1)),
    call(Z, ints([1, 0, 1], [0, 1, 0]), ints(3, 2)), call(1000 * Z, L, ints(3, 1)),
]  # fmt: skip
BAD = [
    call(Z[:1], L[:1], ints(4)), call(Z[:1], L[:1], ints(-1)), call(Z, L, ints(4, 1)), call(Z, L, ints(3, -1)),
    call(Z[:1], L[:1], ints(0)), call(Z, L, ints(0, 0)), call(Z[:0], L[:0], ints(0)[:0]),
    call(Z[:, :0], L[:, :0], ints(0, 0)), call(Z[:1], L[:1], ints(3)), call(Z, L, ints(3, 0)),
]  # fmt: skip


@pytest.mark.points(2)
def test_padded_batches(masked_seq_loss, agree):
    """the mean over all real tokens of the batch"""
    agree(masked_seq_loss, **asked(plain, SMALL))


@pytest.mark.points(1.5)
def test_what_stands_in_the_padding(masked_seq_loss, agree):
    """labels and logits of the padding change nothing, whatever they are"""
    agree(masked_seq_loss, **asked(dirty, SMALL))


@pytest.mark.points(1)
def test_gradients(masked_seq_loss, agree):
    """gradients flow to the logits of real tokens, and are 0 in the padding"""
    agree(masked_seq_loss, **asked(tracked, SMALL), gradients=True)


@pytest.mark.points(0.5)
def test_layouts(masked_seq_loss, agree):
    """tensors that are not contiguous in memory; no argument is changed, nor anything global"""
    agree(masked_seq_loss, **asked(layouts, SMALL), unchanged=True, alone=True)


@pytest.mark.points(1)
@pytest.mark.edge
def test_uneven_lengths(masked_seq_loss, agree):
    """sequences without a token, full sequences, a single token, large logits"""
    agree(masked_seq_loss, **asked(uneven, SMALL))


@pytest.mark.points(1)
@pytest.mark.edge
def test_refusals(masked_seq_loss, agree):
    """lengths below 0 or above T, no real token at all: ValueError"""
    agree(masked_seq_loss, **asked(refused, BAD), judge=judges.refusal)
