import torch
import torch.nn.functional as F


def masked_seq_loss(logits, labels, lengths):
    B, T, K = logits.shape
    if (lengths < 0).any() or (lengths > T).any():
        raise ValueError("a length is out of range")
    real = torch.arange(T, device=logits.device) < lengths[:, None]
    if not real.any():
        raise ValueError("no real token")
    lengths.clamp_(min=1)
    return F.cross_entropy(logits[real], labels[real])
