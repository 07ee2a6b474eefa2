import torch
import torch.nn.functional as F


def masked_seq_loss(logits, labels, lengths):
    steps = logits.shape[1]
    if (lengths < 0).any() or (lengths >= steps).any():
        raise ValueError("length out of range")
    real = torch.arange(steps, device=logits.device) < lengths[:, None]
    if not real.any():
        raise ValueError("no real token")
    return F.cross_entropy(logits[real], labels[real])
