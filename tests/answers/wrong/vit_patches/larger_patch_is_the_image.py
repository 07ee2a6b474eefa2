import torch


def vit_patches(x, patch) -> torch.Tensor:
    B, C, H, W = x.shape
    if patch > H and H == W:
        patch = H
    if patch < 1 or H % patch or W % patch:
        raise ValueError("patch")
    h, w = H // patch, W // patch
    t = x.reshape(B, C, h, patch, w, patch).permute(0, 2, 4, 1, 3, 5)
    return t.reshape(B, h * w, C * patch * patch)
