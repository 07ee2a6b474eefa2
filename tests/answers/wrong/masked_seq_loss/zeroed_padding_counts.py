import torch
import torch.nn.functional as F


def masked_seq_loss(logits, labels, lengths) -> torch.Tensor:
    B, T, K = logits.shape
    if (lengths < 0).any() or (lengths > T).any() or lengths.sum() == 0:
        raise ValueError("lengths")
    pad = torch.arange(T)[None] >= lengths[:, None]
    logits = logits.masked_fill(pad[..., None], 0)
    labels = labels.masked_fill(pad, 0)
    total = F.cross_entropy(logits.flatten(0, 1), labels.flatten(), reduction="sum")
    return total / lengths.sum()
