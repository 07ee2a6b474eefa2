"""The loss of a padded batch of sequences: only real tokens count."""

import torch


def masked_seq_loss(logits, labels, lengths) -> torch.Tensor:
    """Return the mean cross-entropy over the real tokens of a padded batch.

    Sequence b has the tokens 0 ... lengths[b] - 1; the rest is padding. Every real token of the batch counts the
    same. What stands in the padding changes nothing, neither value nor gradient, whatever it is: labels -1 or -100 or
    above K, logits inf or NaN. The gradient there is 0.

    Allowed: the standard library, numpy, pandas, torch. The function is pure: it changes neither its arguments nor
    anything global, and the result is new. Printing and warnings cost nothing.

    Args:
        logits: tensor (B, T, K), float32 or float64, contiguous or not; ±1000 is no overflow.
        labels: int64 tensor (B, T): the right class of each real token, 0 ... K - 1.
        lengths: int64 tensor (B,), 0 ... T.

    Returns:
        A 0-d tensor of the dtype and device of logits. Gradients flow to logits.

    Raises:
        ValueError: a length is below 0 or above T; there is no real token at all (B = 0 and T = 0 included).

    >>> logits, labels = torch.zeros(2, 3, 4), torch.tensor([[0, 1, 2], [3, -1, -1]])
    >>> masked_seq_loss(logits, labels, torch.tensor([3, 1]))  # log 4
    tensor(1.3863)
    """
    # TODO: pick the real tokens out first; a mask that multiplies cannot undo a NaN.
    raise NotImplementedError("masked_seq_loss is not written yet")
