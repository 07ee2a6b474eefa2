import numpy as np

def cross_entropy_logits(logits, labels):
    if logits.ndim != 2 or logits.shape[0] == 0:
        raise ValueError("logits")
    if labels.shape != (len(logits),):
        raise ValueError("labels")
    if labels.min() < 0 or labels.max() >= logits.shape[1]:
        raise ValueError("label outside")
    logits = logits.astype(np.float32)
    z = logits - logits.max(axis=1, keepdims=True)
    logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return -logp[np.arange(len(labels)), labels].mean()
