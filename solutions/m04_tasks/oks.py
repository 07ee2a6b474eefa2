"""Object keypoint similarity: how near the joints of a pose are to where they should be."""

import numpy as np


def oks(pred, true, visible, area, k) -> float:
    """Return the mean over visible joints of exp(-d² / (2 · area · k²))."""
    if pred.ndim != 2 or pred.shape[1] != 2 or true.shape != pred.shape:
        raise ValueError(f"pred and true are (K, 2) both, not {pred.shape} and {true.shape}")
    if visible.shape != pred.shape[:1] or k.shape != pred.shape[:1]:
        raise ValueError(f"visible {visible.shape} and k {k.shape} do not fit {len(pred)} joints")
    if area <= 0:
        raise ValueError(f"the area is above 0, not {area}")
    if not np.any(visible):
        raise ValueError("no joint is visible")
    squared = np.sum((pred[visible] - true[visible]) ** 2, axis=1)
    nearness = np.exp(-squared / (2 * area * k[visible] ** 2))
    return float(np.mean(nearness))
