import torch
import torch.nn.functional as F


def residual_block(x, w1, w2, project=None, stride=1):
    c, o = x.shape[1], w1.shape[0]
    if w1.shape != (o, c, 3, 3) or w2.shape != (o, o, 3, 3):
        raise ValueError("weights")
    if project is not None and project.shape != (o, c, 1, 1):
        raise ValueError("projection")
    y = F.conv2d(F.relu(F.conv2d(x, w1, stride=stride, padding=1)), w2, padding=1)
    shortcut = x if project is None else F.conv2d(x, project, stride=stride)
    if shortcut.shape[1] not in (1, o):
        raise ValueError("channels")
    try:
        return F.relu(y + shortcut)
    except RuntimeError as error:
        raise ValueError("no projection, and the shapes differ") from error
