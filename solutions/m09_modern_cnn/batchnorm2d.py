"""Batch normalisation, in training and in evaluation."""

import torch


def batchnorm2d(
    x, gamma, beta, running_mean, running_var, train, momentum=0.1, eps=1e-5
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return x normalised per channel, and the running statistics."""
    if train:
        count = x.shape[0] * x.shape[2] * x.shape[3]
        if count <= 1:
            raise ValueError(f"{count} value per channel has no variance to learn from")
        mean = x.mean(dim=(0, 2, 3))
        variance = ((x - mean[:, None, None]) ** 2).mean(dim=(0, 2, 3))
        unbiased = variance.detach() * count / (count - 1)
        next_mean = (1 - momentum) * running_mean + momentum * mean.detach()
        next_var = (1 - momentum) * running_var + momentum * unbiased
    else:
        mean, variance = running_mean, running_var
        next_mean, next_var = running_mean.clone(), running_var.clone()
    deviation = (variance + eps).sqrt()
    normalised = (x - mean[:, None, None]) / deviation[:, None, None]
    y = gamma[:, None, None] * normalised + beta[:, None, None]
    return y, next_mean, next_var
