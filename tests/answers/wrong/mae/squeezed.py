import numpy as np

def mae(y_true, y_pred):
    a, b = np.squeeze(y_true), np.squeeze(y_pred)
    if a.shape != b.shape:
        raise ValueError(f"shapes differ: {a.shape} and {b.shape}")
    if np.iscomplexobj(a) or np.iscomplexobj(b):
        raise TypeError("complex")
    if a.size == 0:
        raise ValueError("empty")
    return float(np.mean(np.abs(a.astype(np.float64) - b.astype(np.float64))))
