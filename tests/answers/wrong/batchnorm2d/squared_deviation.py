import torch


def batchnorm2d(x, gamma, beta, running_mean, running_var, train, momentum=0.1, eps=1e-5):
    if train:
        if x[:, 0].numel() < 2:
            raise ValueError("too few values per channel")
        m, v = x.mean((0, 2, 3)), x.var((0, 2, 3), unbiased=False)
        with torch.no_grad():
            running_mean = running_mean + momentum * (m - running_mean)
            running_var = running_var + momentum * (x.var((0, 2, 3)) - running_var)
    else:
        m, v = running_mean, running_var
    std = torch.sqrt(v).view(1, -1, 1, 1)
    y = (x - m.view(1, -1, 1, 1)) / torch.sqrt(std**2 + eps)
    return gamma.view(1, -1, 1, 1) * y + beta.view(1, -1, 1, 1), running_mean, running_var
