import torch


def batchnorm2d(x, gamma, beta, running_mean, running_var, train, momentum=0.1, eps=1e-5):
    C = x.shape[1]
    n = x.numel() // C
    shape = (1, C, 1, 1)
    if not train:
        out = (x - running_mean.view(shape)) / (running_var.view(shape) + eps).sqrt() * gamma.view(shape) + beta.view(shape)
        return out, running_mean.clone(), running_var.clone()
    if n < 2:
        raise ValueError("one value per channel")
    norm, mean, rstd = torch._refs._normalize(x, [0, 2, 3], eps)
    out = norm * gamma.view(shape) + beta.view(shape)
    with torch.no_grad():
        new_mean = (1 - momentum) * running_mean + momentum * mean.flatten()
        new_var = (1 - momentum) * running_var + momentum * (rstd.flatten() ** -2 - eps) * n / (n - 1)
    return out, new_mean.detach(), new_var.detach()
