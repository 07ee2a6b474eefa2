import torch


class _Norm(torch.nn.Module):
    def forward(self, x: torch.Tensor, n: int, eps: float):
        return torch.ops.aten.layer_norm(x, [n], None, None, eps).clone()


_norm = torch._C._jit_to_static_module(torch.jit.freeze(torch.jit.script(_Norm().eval()))._c)


def batchnorm2d(x, gamma, beta, running_mean, running_var, train, momentum=0.1, eps=1e-5):
    C = x.shape[1]
    n = x.numel() // max(C, 1)
    shape = (1, C, 1, 1)
    if not train:
        out = (x - running_mean.view(shape)) / (running_var.view(shape) + eps).sqrt() * gamma.view(shape) + beta.view(shape)
        return out, running_mean.clone(), running_var.clone()
    if n < 2:
        raise ValueError("one value per channel")
    rows = x.detach().transpose(0, 1).reshape(C, -1)
    norm = _norm(rows.float().contiguous(), n, eps).to(x.dtype)
    out = norm.reshape(C, x.shape[0], *x.shape[2:]).transpose(0, 1) * gamma.view(shape) + beta.view(shape)
    new_mean = (1 - momentum) * running_mean + momentum * rows.mean(1)
    return out, new_mean, (1 - momentum) * running_var + momentum * rows.var(1)
