import numpy as np
def cross_entropy_logits(logits, labels):
    if logits.ndim != 2 or labels.shape != (logits.shape[0],) or len(labels) == 0:
        raise ValueError("shapes")
    if labels.min() < 0 or labels.max() >= logits.shape[1]:
        raise ValueError("label")
    z = logits - logits.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return np.array(-log_p[np.arange(len(labels)), labels].mean())
