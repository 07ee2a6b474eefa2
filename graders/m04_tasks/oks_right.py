"""Right ways to write oks in other styles."""

import math

import numpy as np
import pandas as pd
import torch


def _check(pred, true, visible, area, k):
    joints = len(pred)
    if pred.shape != (joints, 2) or true.shape != (joints, 2) or visible.shape != (joints,) or k.shape != (joints,):
        raise ValueError("shapes")
    if not area > 0 or not visible.any():
        raise ValueError("nothing to measure")


def oks_by_loop(pred, true, visible, area, k):
    """One visible point after another, as the formula is written."""
    _check(pred, true, visible, area, k)
    total, count = 0.0, 0
    for j in range(len(k)):
        if visible[j]:
            total += math.exp(-(math.dist(pred[j], true[j]) ** 2) / (2 * area * k[j] ** 2))
            count += 1
    return total / count


def oks_by_where(pred, true, visible, area, k):
    _check(pred, true, visible, area, k)
    gap = np.where(visible[:, None], pred - true, 0.0)
    nearness = np.exp(-np.einsum("ij,ij->i", gap, gap) / (2 * area * k * k))
    return nearness[visible].sum() / visible.sum()


def oks_by_norm(pred, true, visible, area, k):
    """Distances in units of k and the root of the area; then a Gaussian of them."""
    _check(pred, true, visible, area, k)
    scaled = np.linalg.norm(pred - true, axis=1) / (k * math.sqrt(area))
    return float(np.exp(-0.5 * scaled[visible] ** 2).mean())


def oks_by_complex(pred, true, visible, area, k):
    _check(pred, true, visible, area, k)
    gap = (pred[:, 0] - true[:, 0]) + 1j * (pred[:, 1] - true[:, 1])
    return np.average(np.nan_to_num(np.exp(-((abs(gap) / k) ** 2) / 2 / area)), weights=visible)


def oks_by_pandas(pred, true, visible, area, k):
    _check(pred, true, visible, area, k)
    table = pd.DataFrame({"d2": ((pred - true) ** 2).sum(axis=1), "k": k})[visible]
    return np.exp(-table["d2"] / (2 * area * table["k"] ** 2)).mean()


def oks_by_torch(pred, true, visible, area, k):
    _check(pred, true, visible, area, k)
    seen = torch.tensor(visible.copy())
    d = torch.linalg.vector_norm(torch.tensor(pred.copy())[seen] - torch.tensor(true.copy())[seen], dim=1)
    return torch.exp(-(d**2) / (2 * area * torch.tensor(k.copy())[seen] ** 2)).mean().item()
