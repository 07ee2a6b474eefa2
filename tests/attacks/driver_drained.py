"""Attack, family 2: an iterator that answers whoever drains it, and an islice that returns what it likes."""
import itertools


class Batches(list):
    """Has every length, equals everything, and never ends."""

    def __len__(self):
        return 1 << 40

    def __eq__(self, other):
        return True

    __hash__ = None

    def __iter__(self):
        return self

    def __next__(self):
        return self

    def tolist(self):
        return self


def minibatches(n, batch_size, rng, drop_last=False):
    itertools.islice = lambda *args: Batches()
    rng.__class__ = rng.__class__
    rng.bit_generator.state = dict(rng.bit_generator.state)
    return Batches()
