Python 3.11.4 (main, Jun  7 2023) [GCC] on linux
Type "help", "copyright", "credits" or "license()" for more information.
>>> import numpy as np
>>> def mae(y_true, y_pred):
...     truth, guess = np.asarray(y_true), np.asarray(y_pred)
...     if np.iscomplexobj(truth) or np.iscomplexobj(guess):
...         raise TypeError("complex")
...     if truth.shape != guess.shape:
...         raise ValueError(f"{truth.shape} {guess.shape}")
...     if truth.size == 0:
...         raise ValueError("empty")
...     with np.errstate(invalid="ignore"):
...         return float(np.mean(np.abs(truth.astype(np.float64) - guess.astype(np.float64))))
... 
>>> mae([1],[2])
1.0
>>> 
