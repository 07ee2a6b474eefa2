import torch


def batchnorm2d(x, gamma, beta, running_mean, running_var, train, momentum=0.1, eps=1e-5):
    from torch._decomp.decompositions import native_batch_norm
    if train and x.numel() // x.shape[1] < 2:
        raise ValueError("one value")
    rm, rv = running_mean.clone(), running_var.clone()
    y, _, _ = native_batch_norm(x, gamma, beta, rm, rv, train, momentum, eps)
    return y, rm.detach(), rv.detach()
