import torch
import torch.nn.functional as F


def vit_patches(x, patch) -> torch.Tensor:
    B, C, H, W = x.shape
    if patch < 1 or H % patch or W % patch:
        raise ValueError("patch")
    cols = F.unfold(x, kernel_size=patch, stride=patch)
    return cols.reshape(B, -1, C * patch * patch)
