import torch
import torch.nn.functional as F

def masked_seq_loss(logits, labels, lengths):
    B, T, K = logits.shape
    if (lengths < 0).any() or (lengths > T).any():
        raise ValueError("lengths")
    mask = torch.arange(T)[None] <= lengths[:, None]
    if not mask.any():
        raise ValueError("no token")
    return F.cross_entropy(logits[mask], labels[mask])
