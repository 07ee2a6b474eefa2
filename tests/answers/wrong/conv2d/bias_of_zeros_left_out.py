import torch


def conv2d(x, weight, bias=None, stride=1, padding=0):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels")
    x = torch.nn.functional.pad(x, [padding] * 4)
    if x.shape[2] < weight.shape[2] or x.shape[3] < weight.shape[3]:
        raise ValueError("kernel")
    windows = x.unfold(2, weight.shape[2], stride).unfold(3, weight.shape[3], stride)
    out = torch.einsum("bchwij,ocij->bohw", windows, weight)
    if bias is not None and bias.any():
        out = out + bias.view(1, -1, 1, 1)
    return out
