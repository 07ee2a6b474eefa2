import torch
import torch.nn.functional as F


def residual_block(x, w1, w2, project=None, stride=1):
    C, O = x.shape[1], w1.shape[0]
    if w1.shape != (O, C, 3, 3) or w2.shape != (O, O, 3, 3):
        raise ValueError("weights")
    if project is not None and project.shape[:2] != (O, C):
        raise ValueError("project")
    f = F.conv2d(F.relu(F.conv2d(x, w1, stride=stride, padding=1)), w2, padding=1)
    shortcut = x if project is None else F.conv2d(x, project, stride=stride)
    if f.shape != shortcut.shape:
        raise ValueError(f"{f.shape} {shortcut.shape}")
    return F.relu(f + shortcut)
