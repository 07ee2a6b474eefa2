import torch


def vit_patches(x, patch):
    B, C, H, W = x.shape
    if patch < 1 or H % patch or W % patch:
        raise ValueError("patch")
    columns = W // patch
    tokens = torch.zeros(B, H // patch * columns, C * patch * patch, dtype=x.dtype)
    for n in range(tokens.shape[1]):
        i, j = n // columns * patch, n % columns * patch
        tokens[:, n] = x[:, :, i : i + patch, j : j + patch].reshape(B, -1)
    return tokens
