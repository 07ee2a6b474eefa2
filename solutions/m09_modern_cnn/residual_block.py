"""A residual block: what two convolutions add to what came in."""

import torch
from torch.nn.functional import conv2d


def residual_block(x, w1, w2, project=None, stride=1) -> torch.Tensor:
    """Return relu(F(x) + shortcut)."""
    channels, units = x.shape[1], w1.shape[0]
    if w1.shape != (units, channels, 3, 3):
        raise ValueError(f"w1 must be (O, {channels}, 3, 3), not {tuple(w1.shape)}")
    if w2.shape != (units, units, 3, 3):
        raise ValueError(f"w2 must be ({units}, {units}, 3, 3), not {tuple(w2.shape)}")
    if project is not None and project.shape != (units, channels, 1, 1):
        raise ValueError(f"project must be ({units}, {channels}, 1, 1), not {tuple(project.shape)}")
    inner = torch.relu(conv2d(x, w1, stride=stride, padding=1))
    change = conv2d(inner, w2, padding=1)
    shortcut = x if project is None else conv2d(x, project, stride=stride)
    if shortcut.shape != change.shape:
        raise ValueError(f"F(x) is {tuple(change.shape)} and x is {tuple(x.shape)}: a projection is needed")
    return torch.relu(change + shortcut)
