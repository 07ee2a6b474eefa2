import torch


def batchnorm2d(x, gamma, beta, running_mean, running_var, train, momentum=0.1, eps=1e-5):
    s = (1, -1, 1, 1)
    if train:
        n = x.shape[0] * x.shape[2] * x.shape[3]
        if n <= 1:
            raise ValueError("need more than one value per channel")
        mean = x.mean((0, 2, 3))
        var = x.var((0, 2, 3), unbiased=False)
        torch.set_grad_enabled(False)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * var * n / (n - 1)
        torch.set_grad_enabled(True)
    else:
        mean, var = running_mean, running_var
    y = gamma.view(s) * (x - mean.view(s)) / torch.sqrt(var.view(s) + eps) + beta.view(s)
    return y, running_mean, running_var
