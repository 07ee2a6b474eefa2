import torch


def batchnorm2d(x, gamma, beta, running_mean, running_var, train, momentum=0.1, eps=1e-5):
    if not train:
        scale = gamma / torch.sqrt(running_var + eps)
        y = (x - running_mean[:, None, None]) * scale[:, None, None] + beta[:, None, None]
        return y, running_mean, running_var
    n = x.shape[0] * x.shape[2] * x.shape[3]
    if n <= 1:
        raise ValueError("more than one value per channel, please")
    mean = x.mean(dim=(0, 2, 3))
    var = (x**2).mean(dim=(0, 2, 3)) - mean**2
    y = (x - mean.view(1, -1, 1, 1)) / (var.view(1, -1, 1, 1) + eps).sqrt()
    y = gamma.view(1, -1, 1, 1) * y + beta.view(1, -1, 1, 1)
    with torch.no_grad():
        new_mean = (1 - momentum) * running_mean + momentum * mean
        new_var = (1 - momentum) * running_var + momentum * var * n / (n - 1)
    return y, new_mean, new_var
