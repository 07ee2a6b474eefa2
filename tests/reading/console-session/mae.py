>>> import numpy as np
>>> def mae(y_true, y_pred):
...     a, b = np.asarray(y_true), np.asarray(y_pred)
...     if np.iscomplexobj(a) or np.iscomplexobj(b):
...         raise TypeError("complex")
...     if a.shape != b.shape:
...         raise ValueError(f"{a.shape} and {b.shape}")
...     if a.size == 0:
...         raise ValueError("no element")
...     with np.errstate(invalid="ignore"):
...         return float(np.mean(np.abs(a.astype(float) - b.astype(float))))

>>> mae([1], [2])
1.0
>>> 1/0
Traceback (most recent call last):
  File "<stdin>", line 1, in <module>
ZeroDivisionError: division by zero
