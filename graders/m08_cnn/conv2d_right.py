"""Right ways to write conv2d in other styles."""

import torch


def _padded(x, weight, padding):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels")
    x = torch.nn.functional.pad(x, (padding, padding, padding, padding))
    if x.shape[2] < weight.shape[2] or x.shape[3] < weight.shape[3]:
        raise ValueError("the kernel is too large")
    return x


def conv2d_by_offsets(x, weight, bias=None, stride=1, padding=0):
    """One place of the kernel at a time, and what it meets in all windows."""
    x = _padded(x, weight, padding)
    kh, kw = weight.shape[2:]
    rows, columns = (x.shape[2] - kh) // stride + 1, (x.shape[3] - kw) // stride + 1
    result = x.new_zeros(len(x), len(weight), rows, columns)
    for i in range(kh):
        for j in range(kw):
            met = x[:, :, i : i + stride * rows : stride, j : j + stride * columns : stride]
            result = result + torch.einsum("bchw,oc->bohw", met[:, :, :rows, :columns], weight[:, :, i, j])
    return result if bias is None else result + bias.reshape(1, -1, 1, 1)


def conv2d_by_places(x, weight, bias=None, stride=1, padding=0):
    x = _padded(x, weight, padding)
    kh, kw = weight.shape[2:]
    lines = []
    for i in range(0, x.shape[2] - kh + 1, stride):
        line = []
        for j in range(0, x.shape[3] - kw + 1, stride):
            window = x[:, None, :, i : i + kh, j : j + kw]
            line.append((window * weight).sum(dim=(2, 3, 4)))
        lines.append(torch.stack(line, dim=-1))
    result = torch.stack(lines, dim=-2)
    if bias is not None:
        result = result + bias[None, :, None, None]
    return result


def conv2d_by_matrix(x, weight, bias=None, stride=1, padding=0):
    x = _padded(x, weight, padding)
    b, _, h, w = x.shape
    o, _, kh, kw = weight.shape
    rows, columns = (h - kh) // stride + 1, (w - kw) // stride + 1
    if b == 0:
        return x.new_zeros(0, o, rows, columns)
    cells = torch.nn.functional.unfold(x, (kh, kw), stride=stride)
    result = (weight.flatten(1) @ cells).reshape(b, o, rows, columns)
    return result if bias is None else (result.movedim(1, -1) + bias).movedim(-1, 1)


def conv2d_by_shifts(x, weight, bias=None, stride=1, padding=0):
    """One weight of the kernel at a time, for all places at once."""
    x = _padded(x, weight, padding)
    kh, kw = weight.shape[2:]
    height, width = x.shape[2] - kh + 1, x.shape[3] - kw + 1
    result = 0
    for i in range(kh):
        for j in range(kw):
            shifted = x[:, :, i : i + height, j : j + width]
            result = result + torch.tensordot(shifted, weight[:, :, i, j], dims=([1], [1]))
    result = result[:, ::stride, ::stride]
    return (result if bias is None else result + bias).permute(0, 3, 1, 2)


def conv2d_by_gather(x, weight, bias=None, stride=1, padding=0):
    x = _padded(x, weight, padding)
    kh, kw = weight.shape[2:]
    rows = torch.arange(0, x.shape[2] - kh + 1, stride)[:, None] + torch.arange(kh)
    columns = torch.arange(0, x.shape[3] - kw + 1, stride)[:, None] + torch.arange(kw)
    cells = x[:, :, rows[:, None, :, None], columns[None, :, None, :]]
    result = (cells[:, None] * weight[None, :, :, None, None]).sum(dim=(2, 5, 6))
    return result if bias is None else result + bias.view(-1, 1, 1)


def conv2d_by_output_channel(x, weight, bias=None, stride=1, padding=0):
    x = _padded(x, weight, padding)
    windows = x.unfold(3, weight.shape[3], stride).unfold(2, weight.shape[2], stride)
    biases = [0.0] * len(weight) if bias is None else bias
    maps = [
        (windows * kernel.mT[:, None, None]).sum(dim=(1, 4, 5)) + b for kernel, b in zip(weight, biases, strict=True)
    ]
    return torch.stack(maps, dim=1)
