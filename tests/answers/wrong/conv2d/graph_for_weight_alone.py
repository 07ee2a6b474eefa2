import torch
import torch.nn.functional as F
def conv2d(x, weight, bias=None, stride=1, padding=0):
    B, C, H, W = x.shape
    O, C2, kh, kw = weight.shape
    if C != C2 or H + 2*padding < kh or W + 2*padding < kw:
        raise ValueError("no fit")
    with torch.set_grad_enabled(weight.requires_grad):
        p = F.pad(x, (padding,)*4)
        win = p.unfold(2, kh, stride).unfold(3, kw, stride)
        out = torch.einsum("bchwij,ocij->bohw", win, weight)
        if bias is not None:
            out = out + bias[:, None, None]
    return out
