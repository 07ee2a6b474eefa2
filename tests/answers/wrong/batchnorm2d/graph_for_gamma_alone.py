import torch
def batchnorm2d(x, gamma, beta, running_mean, running_var, train, momentum=0.1, eps=1e-5):
    B, C, H, W = x.shape
    if train and B*H*W < 2: raise ValueError("one")
    with torch.set_grad_enabled(gamma.requires_grad):
        if train:
            mean = x.mean((0, 2, 3)); var = x.var((0, 2, 3), unbiased=False)
            n = B*H*W
            rm = (1-momentum)*running_mean + momentum*mean.detach()
            rv = (1-momentum)*running_var + momentum*var.detach()*n/(n-1)
        else:
            mean, var, rm, rv = running_mean, running_var, running_mean, running_var
        s = (slice(None), None, None)
        y = gamma[s]*(x-mean[s])/torch.sqrt(var[s]+eps)+beta[s]
    return y, rm, rv
