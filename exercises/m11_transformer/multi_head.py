"""Self-attention with several heads."""

import torch


def multi_head(x, Wq, Wk, Wv, Wo, heads) -> torch.Tensor:
    """Return self-attention with several heads.

    Weights are used as x Wᵀ. Head i has the columns i·D/heads ... (i + 1)·D/heads - 1 of q, k and v. Each head
    attends by itself, with scores divided by √(D/heads); the heads are put side by side in order, then go through Wo.

    Allowed: the standard library, numpy, pandas, torch, torch's `scaled_dot_product_attention` included. The function
    is pure: it changes neither its arguments nor anything global, and the result is new. What is printed costs nothing,
    and so do warnings.

    Args:
        x: tensor (B, T, D).
        Wq, Wk, Wv, Wo: tensors (D, D).
        heads: a Python int.

        Tensors are float32 or float64, of one dtype and device, contiguous or not.

    Returns:
        A tensor (B, T, D) of that dtype and device. Gradients flow to x and to all four weights.

    Raises:
        ValueError: heads is below 1, or not a divisor of D.

    Closed: torch.nn.MultiheadAttention, torch.nn.functional.multi_head_attention_forward.

    >>> x, zero, one = torch.tensor([[[1.0, 0.0], [3.0, 2.0]]]), torch.zeros(2, 2), torch.eye(2)
    >>> multi_head(x, zero, zero, one, one, 2)  # every token becomes the mean over the tokens
    tensor([[[2., 1.],
             [2., 1.]]])
    """
    # TODO: (B, T, D) to (B, heads, T, D/heads): in which order do you reshape and transpose?
    raise NotImplementedError("multi_head is not written yet")
