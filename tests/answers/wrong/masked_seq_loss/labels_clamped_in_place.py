import torch
import torch.nn.functional as F
def masked_seq_loss(logits, labels, lengths):
    B, T, K = logits.shape
    if B == 0 or (lengths < 0).any() or (lengths > T).any() or not (lengths > 0).any(): raise ValueError("length")
    labels.clamp_(0, K - 1)
    m = torch.arange(T, device=logits.device) < lengths[:, None]
    return F.cross_entropy(logits[m], labels[m])
