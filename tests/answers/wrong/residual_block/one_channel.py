import torch
import torch.nn.functional as F


def residual_block(x, w1, w2, project=None, stride=1):
    C, O = x.shape[1], w1.shape[0]
    if w1.shape[1:] != (C, 3, 3) or w2.shape[1:] != (O, 3, 3):
        raise ValueError("w1 or w2")
    if w2.shape[0] not in (1, O):
        raise ValueError("w2")
    if project is not None and project.shape != (O, C, 1, 1):
        raise ValueError("project")
    f = F.conv2d(torch.relu(F.conv2d(x, w1, stride=stride, padding=1)), w2, padding=1)
    s = x if project is None else F.conv2d(x, project, stride=stride)
    if s.shape[1] != O or s.shape[2:] != f.shape[2:]:
        raise ValueError("a projection is needed")
    return torch.relu(f + s)
