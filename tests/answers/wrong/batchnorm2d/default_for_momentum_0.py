def batchnorm2d(x, gamma, beta, running_mean, running_var, train, momentum=0.1, eps=1e-5):
    momentum = momentum or 0.1
    s = (1, -1, 1, 1)
    n = x.numel() // x.shape[1]
    if train:
        if n < 2:
            raise ValueError("more than one value per channel is needed")
        mean, var = x.mean((0, 2, 3)), x.var((0, 2, 3), unbiased=False)
        running_mean = (1 - momentum) * running_mean + momentum * mean.detach()
        running_var = (1 - momentum) * running_var + momentum * var.detach() * n / (n - 1)
    else:
        mean, var = running_mean, running_var
    y = (x - mean.reshape(s)) / (var.reshape(s) + eps).sqrt()
    return y * gamma.reshape(s) + beta.reshape(s), running_mean, running_var
