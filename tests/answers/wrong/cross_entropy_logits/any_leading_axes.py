import numpy as np


def cross_entropy_logits(logits, labels):
    classes = logits.shape[-1]
    if labels.shape != logits.shape[:-1] or labels.size == 0:
        raise ValueError("logits and labels do not fit")
    if labels.min() < 0 or labels.max() >= classes:
        raise ValueError("a label is out of range")
    shifted = logits - logits.max(axis=-1, keepdims=True)
    picked = np.take_along_axis(shifted, labels[..., None], axis=-1)[..., 0]
    return float(np.mean(np.log(np.exp(shifted).sum(axis=-1)) - picked))
