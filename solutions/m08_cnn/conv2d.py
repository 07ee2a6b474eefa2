"""The convolution of deep learning."""

import torch


def conv2d(x, weight, bias=None, stride=1, padding=0) -> torch.Tensor:
    """Return the convolution of deep learning, which is cross-correlation: the kernel is not flipped."""
    _, channels, kh, kw = weight.shape
    if x.shape[1] != channels:
        raise ValueError(f"x {tuple(x.shape)} does not have the channels of weight {tuple(weight.shape)}")
    padded = torch.nn.functional.pad(x, (padding, padding, padding, padding))
    height, width = padded.shape[2:]
    if kh > height or kw > width:
        raise ValueError(f"the kernel ({kh}, {kw}) is larger than the padded image ({height}, {width})")
    # Every window, (B, C, H', W', kh, kw), as a view: no number is copied.
    windows = padded.unfold(2, kh, stride).unfold(3, kw, stride)
    result = torch.einsum("bchwij,ocij->bohw", windows, weight)
    return result if bias is None else result + bias[:, None, None]
