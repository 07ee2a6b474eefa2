import numpy as np

def prepare(a, b):
    a, b = np.asarray(a), np.asarray(b)
    if np.iscomplexobj(a) or np.iscomplexobj(b):
        raise TypeError('complex')
    if a.shape != b.shape:
        raise ValueError(f'{a.shape} {b.shape}')
    if not a.size:
        raise ValueError('empty')
    return a.astype(float), b.astype(float)
