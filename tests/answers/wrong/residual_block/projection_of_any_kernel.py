import torch
import torch.nn.functional as F


def residual_block(x, w1, w2, project=None, stride=1) -> torch.Tensor:
    O, C = w1.shape[0], x.shape[1]
    if tuple(w1.shape) != (O, C, 3, 3):
        raise ValueError("w1")
    if tuple(w2.shape) != (O, O, 3, 3):
        raise ValueError("w2")
    if project is not None and tuple(project.shape[:2]) != (O, C):
        raise ValueError("project")
    out = F.relu(F.conv2d(x, w1, stride=stride, padding=1))
    out = F.conv2d(out, w2, padding=1)
    identity = x if project is None else F.conv2d(x, project, stride=stride)
    if out.shape != identity.shape:
        raise ValueError("shapes")
    return F.relu(out + identity)
