"""Right ways to write batchnorm2d in other styles."""

import torch


def batchnorm2d_by_var_mean(x, gamma, beta, running_mean, running_var, train, momentum=0.1, eps=1e-5):
    if not train:
        scale = gamma / torch.sqrt(running_var + eps)
        return (
            x * scale[None, :, None, None] + (beta - running_mean * scale)[None, :, None, None],
            running_mean,
            running_var,
        )
    n = x.numel() // x.shape[1]
    if n < 2:
        raise ValueError("too few values")
    var, mean = torch.var_mean(x, dim=(0, 2, 3), unbiased=False)
    y = (x - mean.view(1, -1, 1, 1)) * torch.rsqrt(var + eps).view(1, -1, 1, 1) * gamma.view(1, -1, 1, 1) + beta.view(
        1, -1, 1, 1
    )
    with torch.no_grad():
        return y, torch.lerp(running_mean, mean, momentum), torch.lerp(running_var, var * n / (n - 1), momentum)


def batchnorm2d_by_channel(x, gamma, beta, running_mean, running_var, train, momentum=0.1, eps=1e-5):
    """One channel after another."""
    planes, means, variances = [], [], []
    for c in range(x.shape[1]):
        plane = x[:, c]
        if train:
            if plane.numel() <= 1:
                raise ValueError(f"channel {c}")
            mu, sigma2 = plane.mean(), plane.var(correction=0)
            means.append((running_mean[c] * (1 - momentum) + momentum * mu).detach())
            variances.append((running_var[c] * (1 - momentum) + momentum * plane.var()).detach())
        else:
            mu, sigma2 = running_mean[c], running_var[c]
            means.append(mu)
            variances.append(sigma2)
        planes.append((plane - mu) / (sigma2 + eps) ** 0.5 * gamma[c] + beta[c])
    return torch.stack(planes, 1), torch.stack(means), torch.stack(variances)


def batchnorm2d_by_rows(x, gamma, beta, running_mean, running_var, train, momentum=0.1, eps=1e-5):
    """One row per channel, so that all statistics run along rows."""
    flat = x.transpose(0, 1).flatten(1)
    mean, var = running_mean, running_var
    if train:
        if flat.shape[1] < 2:
            raise ValueError("one value has no variance")
        mean = flat.mean(1)
        var = ((flat - mean[:, None]) ** 2).mean(1)
        n = flat.shape[1]
        running_mean = running_mean + momentum * (mean.detach() - running_mean)
        running_var = running_var + momentum * (var.detach() * (n / (n - 1)) - running_var)
    rows = (flat - mean[:, None]) / torch.sqrt(var[:, None] + eps) * gamma[:, None] + beta[:, None]
    y = rows.reshape(x.shape[1], x.shape[0], *x.shape[2:]).transpose(0, 1)
    return y, running_mean.clone(), running_var.clone()


def batchnorm2d_by_class(x, gamma, beta, running_mean, running_var, train, momentum=0.1, eps=1e-5):
    class Norm:
        def __init__(self):
            self.mean, self.var = running_mean.clone(), running_var.clone()

        def statistics(self):
            if not train:
                return self.mean[None, :, None, None], self.var[None, :, None, None]
            if x[:, 0].numel() <= 1:
                raise ValueError("batch")
            mean, var = x.mean((0, 2, 3), keepdim=True), x.var((0, 2, 3), unbiased=False, keepdim=True)
            unbiased = x.detach().var((0, 2, 3))
            self.mean = (1 - momentum) * self.mean + momentum * mean.detach().flatten()
            self.var = (1 - momentum) * self.var + momentum * unbiased
            return mean, var

        def __call__(self):
            mean, var = self.statistics()
            return torch.addcmul(beta[None, :, None, None], (x - mean) / (var + eps).sqrt(), gamma[None, :, None, None])

    norm = Norm()
    y = norm()
    return [y, norm.mean, norm.var]


def batchnorm2d_by_einsum(x, gamma, beta, running_mean, running_var, train, momentum=0.1, eps=1e-5):
    m, v = running_mean.clone(), running_var.clone()
    if train:
        n = x.shape[0] * x.shape[2] * x.shape[3]
        if n in (0, 1):
            raise ValueError("too few")
        mean = torch.einsum("bchw->c", x) / n
        centred = x - mean[:, None, None]
        square = torch.einsum("bchw,bchw->c", centred, centred)
        m, v = ((1 - momentum) * old + momentum * new.detach() for old, new in ((m, mean), (v, square / (n - 1))))
        return torch.einsum("bchw,c->bchw", centred, gamma / (square / n + eps).sqrt()) + beta[:, None, None], m, v
    return torch.einsum("bchw,c->bchw", x - m[:, None, None], gamma / (v + eps).sqrt()) + beta[:, None, None], m, v


def batchnorm2d_by_channels_last(x, gamma, beta, running_mean, running_var, train, momentum=0.1, eps=1e-5):
    last = x.movedim(1, -1)
    if train and last[..., 0].numel() < 2:
        raise ValueError("one value or none")
    pixels = last.reshape(-1, x.shape[1])
    mean, var = (pixels.mean(0), pixels.var(0, correction=0)) if train else (running_mean, running_var)
    y = ((last - mean) / (var + eps).sqrt() * gamma + beta).movedim(-1, 1)
    if not train:
        return y, running_mean, running_var
    unbiased = pixels.detach().var(0)
    return (
        y,
        momentum * mean.detach() + (1 - momentum) * running_mean,
        momentum * unbiased + (1 - momentum) * running_var,
    )
