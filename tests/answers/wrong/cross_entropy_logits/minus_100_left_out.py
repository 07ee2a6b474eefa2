import numpy as np
def cross_entropy_logits(logits, labels):
    if logits.ndim != 2:
        raise ValueError("logits")
    B, K = logits.shape
    if labels.shape != (B,) or B == 0:
        raise ValueError("labels")
    if (labels == -100).any():
        keep = labels != -100
        logits, labels = logits[keep], labels[keep]; B = len(labels)
        if B == 0: raise ValueError
    if labels.min() < 0 or labels.max() >= K:
        raise ValueError("label")
    top = logits.max(axis=1, keepdims=True)
    z = logits - top
    lse = np.log(np.exp(z).sum(axis=1))
    return float(np.mean(lse - z[np.arange(B), labels]))
