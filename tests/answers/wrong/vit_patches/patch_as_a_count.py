import torch


def vit_patches(x, patch) -> torch.Tensor:
    B, C, H, W = x.shape
    if patch < 1 or H % patch or W % patch:
        raise ValueError("patch")
    h, w = H // patch, W // patch
    x = x.reshape(B, C, patch, h, patch, w).permute(0, 2, 4, 1, 3, 5)
    return x.reshape(B, patch * patch, C * h * w)
