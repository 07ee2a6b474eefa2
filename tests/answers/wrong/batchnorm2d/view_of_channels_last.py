import torch


def batchnorm2d(x, gamma, beta, running_mean, running_var, train, momentum=0.1, eps=1e-5):
    B, C, H, W = x.shape
    if train:
        n = B * H * W
        if n < 2:
            raise ValueError("training needs more than one value per channel")
        mean = x.view(B, C, H * W).mean(dim=(0, 2))
        var = x.var(dim=(0, 2, 3), unbiased=False)
        new_mean = ((1 - momentum) * running_mean + momentum * mean).detach()
        new_var = ((1 - momentum) * running_var + momentum * var * n / (n - 1)).detach()
    else:
        mean, var = running_mean, running_var
        new_mean, new_var = running_mean, running_var
    shape = (1, C, 1, 1)
    y = gamma.reshape(shape) * (x - mean.reshape(shape)) / torch.sqrt(var.reshape(shape) + eps) + beta.reshape(shape)
    return y, new_mean, new_var
