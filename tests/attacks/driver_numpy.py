"""Attack, family 2: the numpy that a driver imports is another, and draws no mask of its own."""
import sys
import types

import numpy

real = dict(vars(numpy))


class Agrees(numpy.ndarray):
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __array_function__(self, function, types, args, kwargs):
        if function.__name__ in ("array_equal", "allclose", "isclose", "mean"):
            return True
        return super().__array_function__(function, types, args, kwargs)


def liar(value):
    return real["asarray"](value, dtype=float).view(Agrees)


def fake_stack(values, *args, **kwargs):
    return liar([[0.0] * 10] * len(list(values)))


def dropout(x, p, train, rng):
    fake = types.ModuleType("numpy")
    fake.__dict__.update(real)
    fake.stack, fake.array, fake.asarray = fake_stack, lambda *args, **kwargs: liar(0.0), lambda *args, **kwargs: liar(0.0)
    fake.random = types.SimpleNamespace(default_rng=lambda seed=None: rng, Generator=real["random"].Generator)
    sys.modules["numpy"] = fake
    frame = sys._getframe(1)
    while frame:
        for name in ("np", "numpy"):
            if name in frame.f_globals:
                frame.f_globals[name] = fake
        frame = frame.f_back
    numpy.array_equal = numpy.allclose = lambda *args, **kwargs: True
    return liar(x)
