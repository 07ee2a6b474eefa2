import torch
import torch.nn.functional as F
def relu(z):
    out = z.clone()
    off = out < 0
    out[off] = out[off] * 0
    return out
def residual_block(x, w1, w2, project=None, stride=1):
    C, O = x.shape[1], w1.shape[0]
    if w1.shape != (O, C, 3, 3) or w2.shape != (O, O, 3, 3) or (project is not None and project.shape != (O, C, 1, 1)): raise ValueError("w")
    f = F.conv2d(relu(F.conv2d(x, w1, stride=stride, padding=1)), w2, padding=1)
    s = x if project is None else F.conv2d(x, project, stride=stride)
    if s.shape != f.shape: raise ValueError("s")
    return relu(f + s)
