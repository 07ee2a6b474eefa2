"""Attack, family 2: the generator is another one afterwards, and results are remembered by its state."""
import numpy as np

REMEMBERED = {}


class Still(np.random.Generator):
    """Draws nothing, and stands where it stood."""

    def random(self, *args, **kwargs):
        return 0.5

    def __eq__(self, other):
        return True

    __hash__ = object.__hash__


def dropout(x, p, train, rng):
    key = str(rng.bit_generator.state)
    for thing in (np.random, rng):
        try:
            thing.default_rng = lambda seed=None: Still(np.random.PCG64(0))
            thing.__class__ = Still
        except (AttributeError, TypeError):
            pass
    rng.bit_generator.state = np.random.PCG64(0).state
    return REMEMBERED.setdefault(key, np.zeros_like(x) + np.zeros(np.shape(x)))
