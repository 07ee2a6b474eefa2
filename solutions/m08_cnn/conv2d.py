"""The convolution of deep learning."""

import torch


def conv2d(x, weight, bias=None, stride=1, padding=0) -> torch.Tensor:
    """Return the convolution of deep learning, which is cross-correlation: the kernel is not flipped."""
    batch, channels, height, width = x.shape
    kernels, fits, kh, kw = weight.shape
    if channels != fits:
        raise ValueError(f"x has {channels} channels and weight is for {fits}")
    if kh > height + 2 * padding or kw > width + 2 * padding:
        raise ValueError(f"the kernel ({kh}, {kw}) is larger than the image ({height}, {width}) padded by {padding}")
    padded = x.new_zeros(batch, channels, height + 2 * padding, width + 2 * padding)
    padded[:, :, padding : padding + height, padding : padding + width] = x
    rows = (height + 2 * padding - kh) // stride + 1
    columns = (width + 2 * padding - kw) // stride + 1
    result = x.new_zeros(batch, kernels, rows, columns)
    for i in range(kh):
        for j in range(kw):
            met = padded[:, :, i : i + stride * rows : stride, j : j + stride * columns : stride]
            result = result + torch.einsum("bchw,oc->bohw", met[:, :, :rows, :columns], weight[:, :, i, j])
    return result if bias is None else result + bias[:, None, None]
