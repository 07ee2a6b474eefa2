import torch
def batchnorm2d(x, gamma, beta, running_mean, running_var, train, momentum=0.1, eps=1e-5):
    C = x.shape[1]
    flat = x.transpose(0, 1).reshape(C, x.numel() // C)
    if not train:
        z = (flat - running_mean[:, None]) * (running_var[:, None] + eps).rsqrt()
        new = running_mean.clone(), running_var.clone()
    else:
        n = flat.shape[1]
        if n <= 1: raise ValueError("need two values per channel")
        var, mean = torch.var_mean(flat, dim=1, correction=0, keepdim=True)
        z = (flat - mean) / (var + eps) ** 0.5
        with torch.no_grad():
            new = torch.lerp(running_mean, mean[:, 0], momentum), torch.lerp(running_var, var[:, 0] * n / (n - 1), momentum)
    y = (z * gamma[:, None] + beta[:, None]).reshape(C, x.shape[0], *x.shape[2:]).transpose(0, 1)
    return (y.contiguous(), *new)
