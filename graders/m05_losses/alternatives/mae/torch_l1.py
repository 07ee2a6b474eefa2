"""torch's own L1 loss, in double precision."""

import numpy as np
import torch


def mae(y_true, y_pred):
    y_true, y_pred = np.array(y_true), np.array(y_pred)
    if np.iscomplexobj(y_true) or np.iscomplexobj(y_pred):
        raise TypeError("real numbers only")
    target = torch.tensor(y_true.astype(np.float64))
    output = torch.tensor(y_pred.astype(np.float64))
    if target.shape != output.shape:
        raise ValueError(f"{target.shape} != {output.shape}")
    if target.numel() == 0:
        raise ValueError("empty tensors")
    return torch.nn.functional.l1_loss(output, target).item()
