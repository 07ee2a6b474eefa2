"""Right ways to write residual_block in other styles."""

import torch


def _check(x, w1, w2, project, stride):
    o, c = len(w1), x.shape[1]
    if tuple(w1.shape) != (o, c, 3, 3) or tuple(w2.shape) != (o, o, 3, 3):
        raise ValueError("weights")
    if project is None:
        if o != c or (stride > 1 and (x.shape[2] > 1 or x.shape[3] > 1)):
            raise ValueError("a projection is needed")
    elif tuple(project.shape) != (o, c, 1, 1):
        raise ValueError("projection")


def residual_block_by_functional(x, w1, w2, project=None, stride=1):
    _check(x, w1, w2, project, stride)
    F = torch.nn.functional
    out = F.conv2d(F.relu(F.conv2d(x, w1, None, stride, 1)), w2, None, 1, 1)
    return F.relu(out + (x if project is None else F.conv2d(x, project, None, stride)))


def residual_block_by_clamp(x, w1, w2, project=None, stride=1):
    _check(x, w1, w2, project, stride)
    hidden = torch.conv2d(x, w1, stride=stride, padding="same" if stride == 1 else 1).clamp(min=0)
    skip = x
    if project is not None:
        skip = torch.einsum("bchw,oc->bohw", x[:, :, ::stride, ::stride], project[:, :, 0, 0])
    return (torch.conv2d(hidden, w2, padding=1) + skip).clamp_min(0)


def residual_block_by_steps(x, w1, w2, project=None, stride=1):
    """The convolution with stride 1, of which every stride-th place is kept."""
    _check(x, w1, w2, project, stride)
    conv = torch.nn.functional.conv2d
    out = conv(x, w1, padding=1)[:, :, ::stride, ::stride]
    out = conv(torch.maximum(out, torch.zeros_like(out)), w2, padding=1)
    out = out + (conv(x, project)[..., ::stride, ::stride] if project is not None else x)
    return torch.where(out > 0, out, torch.zeros_like(out))


def residual_block_by_one_kernel(x, w1, w2, project=None, stride=1):
    """The projection as a 3×3 kernel with zeros around."""
    _check(x, w1, w2, project, stride)
    conv = torch.nn.functional.conv2d
    if project is None:
        shortcut = x.clone()
    else:
        shortcut = conv(x, torch.nn.functional.pad(project, (1, 1, 1, 1)), stride=stride, padding=1)
    return (shortcut + conv(conv(x, w1, stride=stride, padding=1).relu(), w2, padding=1)).relu()


def residual_block_by_unfold(x, w1, w2, project=None, stride=1):
    _check(x, w1, w2, project, stride)

    def conv(image, weight, step):
        k = weight.shape[-1]
        rows, columns = ((size - 1) // step + 1 for size in image.shape[2:])
        cells = torch.nn.functional.unfold(image, k, padding=k // 2, stride=step)
        return (weight.flatten(1) @ cells).unflatten(2, (rows, columns))

    inside = conv(torch.relu(conv(x, w1, stride)), w2, 1)
    return torch.relu(inside + (x if project is None else conv(x, project, stride)))


def residual_block_by_module(x, w1, w2, project=None, stride=1):
    class Block(torch.nn.Module):
        def forward(self, image):
            _check(image, w1, w2, project, stride)
            functional = torch.nn.functional
            residual = functional.conv2d(image, w1, stride=(stride, stride), padding=(1, 1))
            residual = functional.conv2d(torch.nn.ReLU()(residual), w2, padding=(1, 1))
            identity = image if project is None else functional.conv2d(image, project, stride=(stride, stride))
            return torch.nn.ReLU()(identity + residual)

    return Block()(x)
