import torch


def batchnorm2d(x, gamma, beta, running_mean, running_var, train, momentum=0.1, eps=1e-5):
    B, C, H, W = x.shape
    n = B * H * W
    if train:
        if n <= 1:
            raise ValueError("more than one value per channel is needed")
        mean = x.mean(dim=(0, 2, 3))
        var = ((x - mean.view(1, C, 1, 1)) ** 2).mean(dim=(0, 2, 3))
        new_mean = (1 - momentum) * running_mean + momentum * mean.detach()
        new_var = (1 - momentum) * running_var + momentum * var.detach() * n / (n - 1)
    else:
        mean, var = running_mean, running_var
        new_mean, new_var = running_mean, running_var
    y = (x - mean.view(1, C, 1, 1)) / torch.sqrt(var.view(1, C, 1, 1) + eps)
    y = gamma.abs().view(1, C, 1, 1) * y + beta.view(1, C, 1, 1)
    return y, new_mean, new_var
