import torch
def masked_seq_loss(logits, labels, lengths):
    n = lengths.tolist()
    if any(not 0 <= k <= labels.shape[1] for k in n): raise ValueError("length out of range")
    if sum(n) == 0: raise ValueError("nothing")
    total = 0
    for b, k in enumerate(n):
        if k:
            lp = logits[b, :k].log_softmax(-1)
            total = total - lp.gather(1, labels[b, :k, None]).sum()
    return total / sum(n)
