import torch
import torch.nn.functional as F


def masked_seq_loss(logits, labels, lengths):
    B, T, K = logits.shape
    if bool(((lengths < 0) | (lengths > T)).any()):
        raise ValueError("a length is outside 0..T")
    real = (torch.arange(T, device=lengths.device)[None] < lengths[:, None]).reshape(-1)
    if not bool(real.any()):
        raise ValueError("no real token")
    return F.cross_entropy(logits.view(B * T, K)[real], labels.reshape(B * T)[real])
