"""What masked_seq_loss must do, in examples. `pytest test_masked_seq_loss.py` runs them."""

import math

import pytest
import torch
from torch import tensor


def odds(*shares):
    """Logits (T, K) whose softmax are these shares, one row per token."""
    return torch.tensor(shares).log()


@pytest.mark.points(1)
def test_worked_examples(masked_seq_loss):
    """logits of 0 cost log K each; others -log of the share of the right class"""
    labels = tensor([[0, 1, 2], [3, -1, -1]])
    assert masked_seq_loss(torch.zeros(2, 3, 4), labels, tensor([3, 1])).item() == pytest.approx(math.log(4))
    logits = odds([0.4, 0.6], [0.25, 0.75])[None]
    expected = -(math.log(0.4) + math.log(0.75)) / 2
    assert masked_seq_loss(logits, tensor([[0, 1]]), tensor([2])).item() == pytest.approx(expected)


@pytest.mark.points(1)
def test_every_token_counts_the_same(masked_seq_loss):
    """the mean is over tokens: a long sequence weighs more than a short one"""
    logits = torch.stack([odds([0.5, 0.5], [0.25, 0.75], [0.1, 0.9]), odds([0.125, 0.875], [0.3, 0.7], [0.8, 0.2])])
    labels = torch.zeros(2, 3, dtype=torch.int64)
    assert masked_seq_loss(logits, labels, tensor([3, 1])).item() == pytest.approx(math.log(2 * 4 * 10 * 8) / 4)
    assert masked_seq_loss(logits, labels, tensor([0, 1])).item() == pytest.approx(math.log(8))
    assert masked_seq_loss(logits, labels, tensor([1, 3])).item() == pytest.approx(
        -math.log(0.5 * 0.125 * 0.3 * 0.8) / 4
    )


@pytest.mark.points(1)
def test_padding_and_lengths(masked_seq_loss):
    """what stands in the padding changes nothing; a length that is none, or no token at all: ValueError"""
    logits = torch.zeros(1, 4, 2)
    logits[0, 2:] = math.nan
    labels = tensor([[1, 0, -100, 1]])
    assert masked_seq_loss(logits, labels, tensor([2])).item() == pytest.approx(math.log(2))
    logits[0, 1] = tensor([0.0, math.inf])
    assert masked_seq_loss(logits, labels, tensor([1])).item() == pytest.approx(math.log(2))
    with pytest.raises(ValueError):
        masked_seq_loss(torch.zeros(1, 4, 2), labels, tensor([5]))
    with pytest.raises(ValueError):
        masked_seq_loss(torch.zeros(1, 4, 2), labels, tensor([0]))
