import numpy as np
import torch
def mae(y_true, y_pred):
    pair = [np.array(one) for one in (y_true, y_pred)]
    if any(one.dtype.kind == "c" for one in pair):
        raise TypeError("complex numbers have no order")
    t, p = (torch.from_numpy(np.array(one, dtype=np.float64, order="C", copy=True)) for one in pair)
    if t.shape != p.shape:
        raise ValueError(f"{tuple(t.shape)} vs {tuple(p.shape)}")
    if not t.numel():
        raise ValueError("nothing")
    return torch.nn.functional.l1_loss(p, t).item()
