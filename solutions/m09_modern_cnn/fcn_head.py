"""A fully connected classifier, slid over a larger image."""

import torch
from torch.nn.functional import conv2d


def fcn_head(features, weight, bias, h, w) -> torch.Tensor:
    """Return what a classifier that was trained on (C, h, w) features says at every place of a larger feature map."""
    channels, height, width = features.shape[1:]
    if weight.shape[1] != channels * h * w:
        raise ValueError(f"weight {tuple(weight.shape)} is no classifier of windows ({channels}, {h}, {w})")
    if height < h or width < w:
        raise ValueError(f"the map ({height}, {width}) is smaller than the window ({h}, {w})")
    kernels = weight.reshape(-1, channels, h, w)
    return conv2d(features, kernels, bias)
