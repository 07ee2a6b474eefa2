import numpy as np


def cross_entropy_logits(logits, labels):
    if logits.ndim != 2 or labels.ndim != 1 or len(labels) != len(logits):
        raise ValueError("shapes")
    B, K = logits.shape
    if B == 0:
        raise ValueError("empty")
    if labels.min() < 0 or labels.max() >= K:
        raise ValueError("label")
    shifted = logits - logits.max(axis=1, keepdims=True) if K > 1 else logits
    lse = np.log(np.exp(shifted).sum(axis=1))
    return float(np.mean(lse - shifted[np.arange(B), labels]))
