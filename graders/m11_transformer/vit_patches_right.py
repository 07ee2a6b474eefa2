"""Right ways to write vit_patches in other styles."""

import torch


def _check(x, patch):
    if patch <= 0 or x.shape[-2] % patch != 0 or x.shape[-1] % patch != 0:
        raise ValueError(f"patch {patch}")


def vit_patches_by_unfold(x, patch):
    """What a convolution does with its windows, with a stride as long as a patch."""
    _check(x, patch)
    return torch.nn.functional.unfold(x, kernel_size=patch, stride=patch).transpose(1, 2)


def vit_patches_by_loops(x, patch):
    """Cut out one patch after another."""
    _check(x, patch)
    tokens = []
    for i in range(0, x.shape[2], patch):
        for j in range(0, x.shape[3], patch):
            tokens.append(x[:, :, i : i + patch, j : j + patch].reshape(len(x), -1))
    return torch.stack(tokens, dim=1)


def vit_patches_by_windows(x, patch):
    _check(x, patch)
    windows = x.unfold(2, patch, patch).unfold(3, patch, patch)
    return windows.permute(0, 2, 3, 1, 4, 5).flatten(3).flatten(1, 2)


def vit_patches_by_splitting(x, patch):
    _check(x, patch)
    pieces = [piece.flatten(1) for band in x.split(patch, dim=2) for piece in band.split(patch, dim=3)]
    return torch.cat([piece[:, None] for piece in pieces], dim=1)


def vit_patches_by_gather(x, patch):
    _check(x, patch)
    _, _, height, width = x.shape
    places = torch.arange(height * width).reshape(1, 1, height, width)
    order = torch.nn.functional.unfold(places.double(), patch, stride=patch)[0].long().T
    return x.flatten(2)[:, :, order].transpose(1, 2).flatten(2)


def vit_patches_by_convolution(x, patch):
    _check(x, patch)
    channels = x.shape[1]
    size = channels * patch * patch
    identity = torch.eye(size, dtype=x.dtype, device=x.device).reshape(size, channels, patch, patch)
    return torch.nn.functional.conv2d(x, identity, stride=patch).flatten(2).mT
