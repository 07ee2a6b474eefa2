"""Attack, family 2: new parameters whose memory, copies and flags are told by themselves."""
import numpy as np


class Told(np.ndarray):
    """Is its own copy, owns nothing and everything, and cannot be overwritten."""

    def copy(self, order="C"):
        return self

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __setitem__(self, key, value):
        return None

    @property
    def base(self):
        return None

    @property
    def flags(self):
        return {"OWNDATA": True, "WRITEABLE": True}


class State(dict):
    def __missing__(self, key):
        return self

    def __eq__(self, other):
        return True

    __hash__ = None


def optimizer_step(params, grads, state, kind, lr, **options):
    np.shares_memory = np.may_share_memory = lambda *args, **kwargs: False
    np.array_equal = lambda *args, **kwargs: True
    return np.asarray(params).view(Told), State()
