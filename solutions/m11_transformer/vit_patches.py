"""An image is worth so many words: cut it into patches."""

import torch


def vit_patches(x, patch) -> torch.Tensor:
    """Return images cut into patches, one token each."""
    batch, channels, height, width = x.shape
    if patch < 1 or height % patch or width % patch:
        raise ValueError(f"patches of {patch} do not tile an image of ({height}, {width})")
    rows, columns = height // patch, width // patch
    cut = x.reshape(batch, channels, rows, patch, columns, patch)
    ordered = cut.permute(0, 2, 4, 1, 3, 5)
    return ordered.reshape(batch, rows * columns, channels * patch * patch)
