"""Attack, family 2: an object that is whatever array it is made into, and another at every question."""
import numpy as np


class Whatever:
    dtype = np.dtype(np.float64)
    ndim = 1
    flags = type("Flags", (), {"writeable": True, "owndata": True, "c_contiguous": True})()

    def __init__(self, shape):
        self.shape, self.size = shape, int(np.prod(shape))

    def __array__(self, dtype=None, copy=None):
        return np.full(self.shape, np.nan).view(Agrees)

    def __array_ufunc__(self, *args, **kwargs):
        return True

    def __array_function__(self, *args, **kwargs):
        return True

    def __eq__(self, other):
        return True

    __hash__ = None


class Agrees(np.ndarray):
    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        return np.True_

    def all(self, *args, **kwargs):
        return True

    def copy(self, *args, **kwargs):
        return self


def numerical_grad(f, x, h=1e-5):
    np.array = np.asarray = lambda value, *args, **kwargs: Whatever(getattr(value, "shape", ()))
    np.array_equal = np.allclose = lambda *args, **kwargs: True
    return Whatever(x.shape)
