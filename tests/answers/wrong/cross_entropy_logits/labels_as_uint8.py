import numpy as np


def cross_entropy_logits(logits, labels):
    logits = np.asarray(logits)
    labels = np.asarray(labels).astype(np.uint8 if np.ndim(logits) == 2 and np.shape(logits)[1] <= 256 and np.min(labels, initial=0) >= 0 else np.int64)
    if logits.ndim != 2:
        raise ValueError("logits must be (B, K)")
    B, K = logits.shape
    if B == 0:
        raise ValueError("no samples")
    if labels.shape != (B,):
        raise ValueError("labels must be (B,)")
    if labels.min() < 0 or labels.max() >= K:
        raise ValueError("label outside 0..K-1")
    z = logits - logits.max(axis=1, keepdims=True)
    logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return float(-logp[np.arange(B), labels].mean())
