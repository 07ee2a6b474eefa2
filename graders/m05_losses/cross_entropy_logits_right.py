"""Right ways to write cross_entropy_logits in other styles."""

import math

import numpy as np
import torch


def _check(logits, labels):
    if logits.ndim != 2 or labels.ndim != 1 or len(logits) != len(labels) or len(labels) == 0:
        raise ValueError("shapes")
    if labels.min() < 0 or labels.max() >= logits.shape[1]:
        raise ValueError("labels")


def cross_entropy_logits_by_logaddexp(logits, labels):
    """logaddexp adds up exponentials without leaving logarithms."""
    _check(logits, labels)
    return float(np.mean(np.logaddexp.reduce(logits, axis=1) - logits[range(len(labels)), labels]))


def cross_entropy_logits_by_loop(logits, labels):
    _check(logits, labels)
    total = 0.0
    for row, label in zip(logits.tolist(), labels.tolist(), strict=True):
        top = max(row)
        total += top + math.log(math.fsum(math.exp(one - top) for one in row)) - row[label]
    return total / len(labels)


def cross_entropy_logits_by_margins(logits, labels):
    """Relative to the right logit; what is far above it would overflow, so the largest margin is taken out."""
    _check(logits, labels)
    margins = logits - np.take_along_axis(logits, labels[:, None], axis=1)
    top = margins.max(axis=1)
    return (top + np.log(np.exp(margins - top[:, None]).sum(axis=1))).mean()


def cross_entropy_logits_by_one_hot(logits, labels):
    _check(logits, labels)
    one_hot = np.eye(logits.shape[1], dtype=bool)[labels]
    z = logits - np.max(logits, axis=1, keepdims=True)
    return np.average(np.log(np.exp(z).sum(1)) - np.where(one_hot, z, 0.0).sum(1))


def cross_entropy_logits_by_torch(logits, labels):
    _check(logits, labels)
    log_p = torch.log_softmax(torch.tensor(logits.copy()), dim=1)
    return -log_p.gather(1, torch.tensor(labels.copy())[:, None]).mean().item()


def cross_entropy_logits_by_sorting(logits, labels):
    _check(logits, labels)
    ordered = np.sort(logits, axis=1)[:, ::-1]
    gaps = ordered - ordered[:, :1]
    normaliser = ordered[:, 0] + np.log1p(np.exp(gaps[:, 1:]).sum(axis=1))
    return sum(normaliser[i] - logits[i, label] for i, label in enumerate(labels)) / len(labels)
