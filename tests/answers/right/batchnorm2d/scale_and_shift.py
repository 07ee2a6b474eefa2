import torch


def batchnorm2d(x, gamma, beta, running_mean, running_var, train, momentum=0.1, eps=1e-5):
    mean, var = running_mean, running_var
    if train:
        n = x[:, 0].numel()
        if n < 2:
            raise ValueError("one value per channel has no variance")
        var, mean = torch.var_mean(x, dim=(0, 2, 3), correction=0)
        running_mean = torch.lerp(running_mean, mean.detach(), momentum)
        running_var = torch.lerp(running_var, var.detach() * n / (n - 1), momentum)
    scale = gamma * torch.rsqrt(var + eps)
    shift = beta - scale * mean
    return torch.addcmul(shift[:, None, None], scale[:, None, None], x), running_mean, running_var
