import torch
import torch.nn.functional as F


def conv2d(x, weight, bias=None, stride=1, padding=0):
    B, C, H, W = x.shape
    O, Cw, kh, kw = weight.shape
    if C != Cw:
        raise ValueError("channels of x and weight differ")
    if int((H + 2 * padding - kh) / stride) + 1 < 1 or int((W + 2 * padding - kw) / stride) + 1 < 1:
        raise ValueError("kernel is larger than the padded image")
    xp = F.pad(x, (padding, padding, padding, padding))
    Ho = (H + 2 * padding - kh) // stride + 1
    Wo = (W + 2 * padding - kw) // stride + 1
    out = x.new_zeros(B, O, Ho, Wo)
    for i in range(kh):
        for j in range(kw):
            patch = xp[:, :, i : i + stride * (Ho - 1) + 1 : stride, j : j + stride * (Wo - 1) + 1 : stride]
            out = out + torch.einsum("bchw,oc->bohw", patch, weight[:, :, i, j])
    if bias is not None:
        out = out + bias.view(1, -1, 1, 1)
    return out
