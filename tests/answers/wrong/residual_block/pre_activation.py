import torch
import torch.nn.functional as F


def residual_block(x, w1, w2, project=None, stride=1) -> torch.Tensor:
    O, C = w1.shape[0], x.shape[1]
    if w1.shape != (O, C, 3, 3) or w2.shape != (O, O, 3, 3):
        raise ValueError("bad weights")
    if project is not None and project.shape != (O, C, 1, 1):
        raise ValueError("bad projection")
    out = F.conv2d(F.relu(x), w1, stride=stride, padding=1)
    out = F.conv2d(F.relu(out), w2, padding=1)
    shortcut = x if project is None else F.conv2d(x, project, stride=stride)
    if out.shape != shortcut.shape:
        raise ValueError("shapes differ")
    return out + shortcut
