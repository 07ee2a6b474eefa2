"""Cross-entropy from logits: the loss of classification, for logits of any size."""

import numpy as np


def cross_entropy_logits(logits, labels):
    """Return the mean over samples of -log softmax(logits)[label]."""
    if logits.ndim != 2 or labels.shape != logits.shape[:1]:
        raise ValueError(f"logits are (B, K) and labels (B,), not {logits.shape} and {labels.shape}")
    if not len(logits):
        raise ValueError("there is no sample to average over")
    if np.any(labels < 0) or np.any(labels >= logits.shape[1]):
        raise ValueError("a label is none of the classes")
    largest = logits.max(axis=1, keepdims=True)
    shifted = logits - largest
    log_sum = np.log(np.exp(shifted).sum(axis=1))
    right = shifted[np.arange(len(labels)), labels]
    losses = np.empty(len(labels))
    losses += log_sum - right
    return np.mean(losses)
