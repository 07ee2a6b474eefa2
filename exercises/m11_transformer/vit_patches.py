"""An image is worth so many words: cut it into patches."""

import torch


def vit_patches(x, patch) -> torch.Tensor:
    """Return images cut into patches, one token each.

    Tokens run row by row over the image. The numbers of a token run channel by channel, row by row within the patch, as
    the weights of a patch-wide convolution do.

    Allowed: the standard library, numpy, pandas, torch. The function is pure: it changes neither its arguments nor
    anything global. Whether the result shares memory with x is free. Printing and warnings cost nothing.

    Args:
        x: tensor (B, C, H, W), float32 or float64, contiguous or not.
        patch: side of a patch, a Python int.

    Returns:
        A tensor (B, N, C·patch·patch) of that dtype and device, with N = (H / patch)·(W / patch). Gradients flow to x.

    Raises:
        ValueError: patch is below 1, or not a divisor of H and of W.

    >>> vit_patches(torch.arange(16.0).reshape(1, 1, 4, 4), 2)
    tensor([[[ 0.,  1.,  4.,  5.],
             [ 2.,  3.,  6.,  7.],
             [ 8.,  9., 12., 13.],
             [10., 11., 14., 15.]]])
    >>> vit_patches(torch.zeros(1, 3, 224, 224), 16).shape
    torch.Size([1, 196, 768])
    """
    # TODO: split each of the two axes in two, then bring the axes of the patch to the end.
    raise NotImplementedError("vit_patches is not written yet")
