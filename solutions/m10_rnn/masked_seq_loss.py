"""The loss of a padded batch of sequences: only real tokens count."""

import torch


def masked_seq_loss(logits, labels, lengths) -> torch.Tensor:
    """Return the mean cross-entropy over the real tokens of a padded batch."""
    steps = logits.shape[1]
    if torch.any(lengths < 0) or torch.any(lengths > steps):
        raise ValueError(f"a length lies outside 0 ... {steps}")
    real = torch.arange(steps, device=lengths.device) < lengths[:, None]
    if not torch.any(real):
        raise ValueError("there is no real token to average over")
    tokens, right = logits[real], labels[real]
    losses = torch.nn.functional.cross_entropy(tokens, right, reduction="none")
    return losses.mean()
