import numpy as np
def mae(y_true, y_pred):
    a, b = np.asarray(y_true), np.asarray(y_pred)
    if np.iscomplexobj(a) or np.iscomplexobj(b):
        raise TypeError("complex")
    if a.shape != b.shape:
        raise ValueError(f"shapes {a.shape} and {b.shape}")
    if a.size == 0:
        raise ValueError("empty")
    return float(np.mean(np.abs(a.astype(np.int64).astype(float) - b.astype(np.int64).astype(float) if a.dtype.kind == 'u' else a.astype(np.float64) - b.astype(np.float64))))
