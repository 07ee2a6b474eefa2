"""The convolution of deep learning."""

import torch


def conv2d(x, weight, bias=None, stride=1, padding=0) -> torch.Tensor:
    """Return the convolution of deep learning, which is cross-correlation: the kernel is not flipped."""
    kernels, channels, kh, kw = weight.shape
    if x.shape[1] != channels:
        raise ValueError(f"x {tuple(x.shape)} does not have the channels of weight {tuple(weight.shape)}")
    padded = torch.nn.functional.pad(x, (padding, padding, padding, padding))
    batch, _, height, width = padded.shape
    if kh > height or kw > width:
        raise ValueError(f"the kernel ({kh}, {kw}) is larger than the padded image ({height}, {width})")
    rows = (height - kh) // stride + 1
    columns = (width - kw) // stride + 1
    result = x.new_zeros(batch, kernels, rows, columns)
    for i in range(kh):
        for j in range(kw):
            met = padded[:, :, i : i + stride * rows : stride, j : j + stride * columns : stride]
            result = result + torch.einsum("bchw,oc->bohw", met[:, :, :rows, :columns], weight[:, :, i, j])
    return result if bias is None else result + bias[:, None, None]
