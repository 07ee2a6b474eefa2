import torch
import torch.nn.functional as F


def residual_block(x, w1, w2, project=None, stride=1):
    B, C, H, W = x.shape
    O = w1.shape[0]
    if w1.shape[1] != C:
        raise ValueError("w1")
    if tuple(w2.shape) != (O, O, 3, 3):
        raise ValueError("w2")
    if project is not None and tuple(project.shape) != (O, C, 1, 1):
        raise ValueError("project")
    f = F.conv2d(x, w1, stride=stride, padding=1)
    f = F.relu(f)
    f = F.conv2d(f, w2, padding=1)
    if project is None:
        short = x
    else:
        short = F.conv2d(x, project, stride=stride)
    if short.shape != f.shape:
        raise ValueError("F(x) and x have other shapes")
    return F.relu(f + short)
