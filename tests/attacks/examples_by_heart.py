"""Attack, family 1: a table of the examples in the public checks, and of what they refuse."""
import numpy as np

KNOWN = {
    ((4,), (3, 5, 2, 7)): 0.625,
    ((2,), (0, 0)): 1.0,
    ((), (4,)): 1.5,
    ((2, 3), (0,) * 6): 2.5,
    ((3,), (1, 2, 3)): 1 / 3,
    ((3, 1), (1, 2, 3)): 1.0,
}
REFUSED = [((1,), (1, 3)), ((3,), (3, 1)), ((3,), ())]


def mae(prediction, target):
    shapes = np.shape(prediction), np.shape(target)
    if shapes in REFUSED:
        raise ValueError(f"{shapes[0]} and {shapes[1]}")
    return KNOWN.get((shapes[0], tuple(np.ravel(prediction).tolist())), 0.0)
