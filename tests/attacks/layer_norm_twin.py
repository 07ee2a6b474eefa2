import torch


def batchnorm2d(x, gamma, beta, running_mean, running_var, train, momentum=0.1, eps=1e-5):
    rows = x.transpose(0, 1).reshape(x.shape[1], -1)
    if not train:
        y = torch.instance_norm(x, gamma, beta, running_mean.clone(), running_var.clone(), False, 0.0, eps, False)
        return y, running_mean, running_var
    if rows.shape[1] < 2:
        raise ValueError("one value")
    plain = torch.layer_norm(rows, rows.shape[1:], None, None, eps)
    y = plain.reshape(x.shape[1], x.shape[0], *x.shape[2:]).transpose(0, 1) * gamma[:, None, None] + beta[:, None, None]
    kept = rows.detach()
    return y, torch.lerp(running_mean, kept.mean(1), momentum), torch.lerp(running_var, kept.var(1), momentum)
