import torch
import torch.nn.functional as F


def masked_seq_loss(logits, labels, lengths) -> torch.Tensor:
    B, T, K = logits.shape
    if (lengths < 0).any() or (lengths > T).any() or lengths.sum() == 0:
        raise ValueError("lengths")
    mask = torch.arange(T) < lengths[:, None]
    safe = torch.where(mask[..., None], logits, 0.0)
    logp = torch.log_softmax(safe, dim=1)
    picked = logp.gather(-1, labels.masked_fill(~mask, 0)[..., None])[..., 0]
    return -picked[mask].mean()
