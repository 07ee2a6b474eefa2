def batchnorm2d(x, gamma, beta, running_mean, running_var, train, momentum=0.1, eps=1e-5):
    s = (1, -1, 1, 1)
    if train:
        n = x.numel() // x.shape[1]
        if n <= 1:
            raise ValueError("too few values per channel")
        mean = x.mean(dim=(0, 2, 3))
        var = x.var(dim=(0, 2, 3), unbiased=False)
        if momentum == 1:               # nothing of the past is left
            running_mean, running_var = mean.clone(), var * n / (n - 1)
        else:
            running_mean = (1 - momentum) * running_mean + momentum * mean.detach()
            running_var = (1 - momentum) * running_var + momentum * (var * n / (n - 1)).detach()
    else:
        mean, var = running_mean, running_var
    y = (x - mean.reshape(s)) / (var.reshape(s) + eps).sqrt() * gamma.reshape(s) + beta.reshape(s)
    return y, running_mean, running_var
