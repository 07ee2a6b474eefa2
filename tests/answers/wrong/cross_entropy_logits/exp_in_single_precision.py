import numpy as np
def cross_entropy_logits(logits, labels):
    if logits.ndim != 2 or labels.shape != logits.shape[:1] or len(labels) == 0: raise ValueError("shape")
    B, K = logits.shape
    if (labels < 0).any() or (labels >= K).any(): raise ValueError("label")
    m = logits.max(1, keepdims=True)
    with np.errstate(over="ignore"):
        z = logits - m
    lse = np.log(np.exp(z.astype(np.float32)).sum(1))
    return float((lse - z[np.arange(B), labels]).mean())
