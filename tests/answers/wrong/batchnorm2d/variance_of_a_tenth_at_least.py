import torch

def batchnorm2d(x, gamma, beta, running_mean, running_var, train, momentum=0.1, eps=1e-5):
    shape = (1, -1, 1, 1)
    if train:
        n = x.numel() // x.shape[1]
        if n < 2:
            raise ValueError("one value per channel")
        mean = x.mean((0, 2, 3))
        var = ((x - mean.view(shape)) ** 2).mean((0, 2, 3))
        with torch.no_grad():
            running_mean = (1 - momentum) * running_mean + momentum * mean
            running_var = (1 - momentum) * running_var + momentum * var * n / (n - 1)
    else:
        mean, var = running_mean, running_var.clamp(min=0.1)
    y = gamma.view(shape) * (x - mean.view(shape)) / torch.sqrt(var.view(shape) + eps) + beta.view(shape)
    return y, running_mean, running_var
