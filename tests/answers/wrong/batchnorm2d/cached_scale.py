_STD = {}


def batchnorm2d(x, gamma, beta, running_mean, running_var, train, momentum=0.1, eps=1e-5):
    s = (1, -1, 1, 1)
    if train:
        n = x.numel() // x.shape[1]
        if n <= 1:
            raise ValueError("too few values per channel")
        mean = x.mean(dim=(0, 2, 3))
        var = x.var(dim=(0, 2, 3), unbiased=False)
        std = (var + eps).sqrt()
        running_mean = (1 - momentum) * running_mean + momentum * mean.detach()
        running_var = (1 - momentum) * running_var + momentum * (var * n / (n - 1)).detach()
    else:
        mean = running_mean
        key = (id(running_var), eps)
        if key not in _STD:
            _STD[key] = (running_var, (running_var + eps).sqrt())    # the tensor is kept, so its id stays taken
        std = _STD[key][1]
    y = (x - mean.reshape(s)) / std.reshape(s) * gamma.reshape(s) + beta.reshape(s)
    return y, running_mean, running_var
