"""The convolution of deep learning."""

import torch


def conv2d(x, weight, bias=None, stride=1, padding=0) -> torch.Tensor:
    """Return the convolution of deep learning, which is cross-correlation: the kernel is not flipped.

    H' = floor((H + 2·padding - kh) / stride) + 1, and W' alike with kw.

    Allowed: the standard library, numpy, pandas, torch, torch's `unfold` included. The function is pure: it changes
    neither its arguments nor anything global, and the result is new. Printing and warnings cost nothing.

    Args:
        x: tensor (B, C, H, W); B may be 0.
        weight: tensor (O, C, kh, kw), not always square.
        bias: tensor (O,), or None.
        stride: a Python int, 1 or more, for both directions.
        padding: a Python int, 0 or more, for both directions: so many zeros all around.

        Tensors are float32 or float64, of one dtype and device, contiguous or not.

    Returns:
        A tensor (B, O, H', W') of that dtype and device. Gradients flow to x, weight and bias.

    Raises:
        ValueError: the channels of x and weight differ; the kernel is larger than the padded image.

    Closed: conv1d, conv2d, conv3d and their transposes, of torch, torch.nn and torch.nn.functional, and
    torch.convolution.

    >>> x = torch.arange(9.0).reshape(1, 1, 3, 3)
    >>> weight = torch.tensor([[[[1.0, 2.0], [3.0, 4.0]]]])
    >>> conv2d(x, weight)
    tensor([[[[27., 37.],
              [57., 67.]]]])
    >>> conv2d(x, weight, padding=1).shape, conv2d(x, weight, stride=2).shape
    (torch.Size([1, 1, 4, 4]), torch.Size([1, 1, 1, 1]))
    """
    # TODO: pad; then think of one place of the kernel at a time: which pixels of x does it meet?
    raise NotImplementedError("conv2d is not written yet")
