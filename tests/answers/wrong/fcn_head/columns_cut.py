import torch
import torch.nn.functional as F


def fcn_head(features, weight, bias, h, w) -> torch.Tensor:
    B, C, H, W = features.shape
    K = weight.shape[0]
    if weight.shape[1] < C * h * w:
        raise ValueError("columns")
    if H < h or W < w:
        raise ValueError("map too small")
    out = F.conv2d(features, weight[:, :C * h * w].reshape(K, C, h, w), bias)
    return out
