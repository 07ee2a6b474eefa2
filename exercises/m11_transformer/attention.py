"""Scaled dot-product attention."""

import torch


def attention(q, k, v, mask=None) -> torch.Tensor:
    """Return softmax(q kᵀ / √d) v: for every query, the mean of the values, weighted by how well the keys fit.

    A query that may look at nothing gets zeros, and no NaN reaches any gradient. Finite scores of any size (1e4) give
    finite results. In float32, scores above 100 are only checked where one key dominates by far, or to be finite.

    Allowed: the standard library, numpy, pandas, torch. The function is pure: it changes neither its arguments nor
    anything global, and the result is new. Printing and warnings cost nothing.

    Args:
        q: tensor (..., T, d), the queries.
        k: tensor (..., S, d), the keys.
        v: tensor (..., S, e), the values; the leading dimensions are equal.
        mask: None, or a bool tensor that broadcasts to (..., T, S): True where the query may look.

        Tensors are float32 or float64, of one dtype and device, contiguous or not.

    Returns:
        A tensor (..., T, e) of that dtype and device. Gradients flow to q, k and v.

    Raises:
        ValueError: d of q and k differ; S of k and v differ; a mask that is not bool.

    Closed: torch.nn.functional.scaled_dot_product_attention, torch.nn.attention.flex_attention,
    torch.nn.MultiheadAttention, torch.nn.functional.multi_head_attention_forward.

    >>> q, k, v = torch.zeros(1, 2), torch.zeros(3, 2), torch.tensor([[1.0], [2.0], [6.0]])
    >>> attention(q, k, v)  # equal scores: the mean of v
    tensor([[3.]])
    >>> attention(q, k, v, torch.tensor([True, True, False]))
    tensor([[1.5000]])
    """
    # TODO: what must a score be so that its weight is 0? And what does softmax make of a row of such scores?
    raise NotImplementedError("attention is not written yet")
