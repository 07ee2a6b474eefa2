import torch
import torch.nn.functional as F


def masked_seq_loss(logits, labels, lengths):
    total, n = 0, 0
    for b, length in enumerate(lengths.tolist()):
        if not 0 <= length <= logits.shape[1]:
            raise ValueError(f"length {length}")
        for t in range(length):
            total = total + logits[b, t].exp().sum().log() - logits[b, t, labels[b, t]]
            n += 1
    if n == 0:
        raise ValueError("nothing")
    return total / n
