import torch


def batchnorm2d(x, gamma, beta, running_mean, running_var, train, momentum=0.1, eps=1e-5):
    B, C, H, W = x.shape
    count = B * H * W
    if train:
        if count < 2:
            raise ValueError("training needs two values per channel")
        if B == 1:
            var, mean = torch.var_mean(x[0], dim=(1, 2))
            biased, unbiased = var, var
        else:
            mean = x.mean(dim=(0, 2, 3))
            biased = (x - mean[:, None, None]).square().mean(dim=(0, 2, 3))
            unbiased = biased * count / (count - 1)
        running_mean = (1 - momentum) * running_mean + momentum * mean.detach()
        running_var = (1 - momentum) * running_var + momentum * unbiased.detach()
    else:
        mean, biased = running_mean, running_var
    y = (x - mean[:, None, None]) / torch.sqrt(biased + eps)[:, None, None]
    return gamma[:, None, None] * y + beta[:, None, None], running_mean, running_var
