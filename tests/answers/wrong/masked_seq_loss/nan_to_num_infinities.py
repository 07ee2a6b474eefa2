import torch
import torch.nn.functional as F


def masked_seq_loss(logits, labels, lengths):
    B, T, K = logits.shape
    if (lengths < 0).any() or (lengths > T).any():
        raise ValueError("lengths must be in 0..T")
    mask = torch.arange(T, device=lengths.device)[None, :] < lengths[:, None]
    if not mask.any():
        raise ValueError("no real token")
    logits = torch.nan_to_num(logits)
    target = labels.clamp(0, K - 1)
    loss = F.cross_entropy(logits.reshape(-1, K), target.reshape(-1), reduction="none").reshape(B, T)
    return (loss * mask).sum() / mask.sum()
