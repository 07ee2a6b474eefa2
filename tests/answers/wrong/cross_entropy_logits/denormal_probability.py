import numpy as np


def cross_entropy_logits(logits, labels):
    if logits.ndim != 2 or labels.shape != logits.shape[:1] or len(labels) == 0:
        raise ValueError("shape")
    if labels.min() < 0 or labels.max() >= logits.shape[1]:
        raise ValueError("label")
    z = logits - logits.max(1, keepdims=True)
    e = np.exp(z)
    norm = e.sum(1)
    p = (e / norm[:, None])[np.arange(len(z)), labels]
    shifted = z[np.arange(len(z)), labels]
    # log p where there is a p, the logit where it underflowed
    loss = np.where(p > 0, -np.log(np.where(p > 0, p, 1)), np.log(norm) - shifted)
    return float(loss.mean())
