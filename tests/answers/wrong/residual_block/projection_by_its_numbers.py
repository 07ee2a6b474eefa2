import torch.nn.functional as F


def residual_block(x, w1, w2, project=None, stride=1):
    B, C, H, W = x.shape
    O = w1.shape[0]
    if w1.shape != (O, C, 3, 3) or w2.shape != (O, O, 3, 3):
        raise ValueError("w1 or w2")
    if project is not None and project.numel() != O * C:
        raise ValueError("project")
    out = F.conv2d(F.conv2d(x, w1, stride=stride, padding=1).relu(), w2, padding=1)
    shortcut = x if project is None else F.conv2d(x, project.reshape(O, C, 1, 1), stride=stride)
    if out.shape != shortcut.shape:
        raise ValueError("a projection is needed")
    return (out + shortcut).relu()
