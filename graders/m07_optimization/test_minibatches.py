"""Hidden checks of minibatches."""

import math
from itertools import permutations

import numpy as np
import pytest

from winnow.checks import call, driver, judges
from winnow.checks.chance import Share, chance, equal_and_other, follow
from winnow.checks.recipes import asked, each


@driver(shows="list(minibatches({n}, {batch_size}, {rng}, drop_last={drop_last}))")
def one_epoch(minibatches, n, batch_size, rng, drop_last):
    from itertools import islice

    # What is drawn later must not change what came before, so all are kept and read at the end.
    if n % 2:
        return list(islice(minibatches(n, batch_size, rng, drop_last=drop_last), n + 5))
    return list(islice(minibatches(n, batch_size, rng, drop_last), n + 5))


def epoch(rng, n, size, drop_last_or_times):
    """The arguments of one epoch, or of several. A pair stands for a number in between, which is nobody's to know."""
    n, size = (one if isinstance(one, int) else int(rng.integers(*one)) for one in (n, size))
    return n, size, np.random.default_rng(int(rng.integers(10**6))), drop_last_or_times


def right_batches(call, value):
    """Full batches of indices, each index once; what is left comes last, or not at all."""
    n, size, _, drop_last = call.args
    lengths = [len(batch) for batch in value]
    tail = [n % size] if n % size and not drop_last else []
    if any(not isinstance(batch, np.ndarray) or batch.dtype.kind not in "iu" or batch.ndim != 1 for batch in value):
        return "a batch is no array of integers in one dimension"
    if lengths != [size] * (n // size) + tail:
        return f"the lengths of the batches are {lengths}"
    indices = [index for batch in value for index in batch.tolist()]
    if len(set(indices)) != len(indices) or not set(indices) <= set(range(n)):
        return "an index comes twice, or is none of 0 ... n - 1"
    # Those of the incomplete batch are the last ones by chance once in 10^10 epochs.
    if drop_last and n >= 45 and max(indices) < n - n % size:
        return "the indices that are left out are always the last ones"
    return None


def check_batches(minibatches, agree, *cases):
    """Epochs of n indices in batches of a size, with drop_last or without; small ones show what is wrong."""
    sizes = ((4, 2), (5, 2), (3, 1), (2, 3), (0, 2), (3, 3), (1, 1), (45, 32))
    seeds = [(False, 0), (False, 1), (True, 0), (True, 1)]
    small = [call(n, size, np.random.default_rng(seed), drop) for n, size in sizes for drop, seed in seeds]
    judge = judges.holds(right_batches, drawn=True)
    agree(minibatches, **each(epoch, cases, small), through=one_epoch, judge=judge)


@pytest.mark.points(1.5)
def test_batches(minibatches, agree):
    """every index once, in batches that are full but for the last; a batch stays as it is when the next is drawn"""
    sizes = ((10, 4), (12, 4), (5, 1), (7, 7), ((30, 50), (5, 12)), (30, 9), (300, 140))
    check_batches(minibatches, agree, *((n, size, False) for n, size in sizes))


@pytest.mark.points(1)
def test_drop_last(minibatches, agree):
    """with drop_last the incomplete batch is left out, and a full one never is"""
    sizes = ((10, 4), (12, 4), (7, 7), (3, 5), ((45, 50), 32))
    check_batches(minibatches, agree, *((n, size, True) for n, size in sizes))


@driver(shows="[list(minibatches({n}, {batch_size}, rng)) for _ in range({times})] with rng = {rng}")
def epochs(minibatches, n, batch_size, rng, times):
    from itertools import islice

    import numpy as np

    drawn = (list(islice(minibatches(n, batch_size, rng), n + 5)) for _ in range(times))
    return np.stack([np.concatenate(batches).ravel().astype(int) for batches in drawn])


def _within(reach, n):
    """Of how many pairs of places among n the second comes after the first, by as many as reach at most."""
    return reach * n - reach * (reach + 1) // 2


def equally_likely(call, value):
    n, _, _, times = call.args
    if value.shape != (times, n) or (np.sort(value) != np.arange(n)).any():
        yield "an epoch does not have every index once"
        return
    threes = value[:, : n - n % 3].reshape(-1, 3)
    for order in permutations(range(3)):
        low, middle, high = threes.T[np.argsort(order)]
        of = f"of three indices in a row, the share that comes in an order like {list(order)}"
        yield Share(of, int(((low < middle) & (middle < high)).sum()), len(threes), 1 / 6)
    if n >= 30:
        # Swapping every element with any other moves it forwards too often, by up to a third of the way.
        ahead = value - np.arange(n)
        early = int(((ahead >= 1) & (ahead <= n // 3)).sum())
        yield Share("the share of indices that come a little early", early, n * times, _within(n // 3, n) / n**2)
        # Shuffled in blocks, an index stays beside its neighbours.
        pairs = value[:, : n - n % 2].reshape(-1, 2)
        near, by_chance = abs(pairs[:, 0] - pairs[:, 1]) <= n // 20, _within(n // 20, n) / math.comb(n, 2)
        yield Share("the share of neighbours that were near each other", int(near.sum()), len(pairs), by_chance)
        if len(set(map(bytes, value))) < times:
            yield "one order comes in two epochs"


@pytest.mark.points(1.5)
def test_all_orders(minibatches, agree):
    """all orders are equally likely, within a batch and across batches"""
    sizes = ((3, 2, 200), (3, 3, 200), (3, 1, 200), (40, 40, 300), (1500, 100, 1))
    small = [call(n, size, np.random.default_rng(seed), times) for n, size, times in sizes for seed in (0, 1)]
    cases = [(3, 2, 500), ((45, 75), (15, 25), 350), ((1200, 1800), (60, 120), 1)]
    agree(minibatches, **each(epoch, cases, small), through=epochs, judge=chance(equally_likely))


@driver(
    shows="[[list(minibatches({n}, size, rng)) for size in {sizes}] for rng in {rngs}], then the same with others that "
    "begin where these have come to, and with these again"
)
def again(minibatches, n, sizes, rngs, others):
    from itertools import islice

    import numpy as np

    epochs = []

    def read(batches):
        return [np.array(batch).tolist() for batch in batches]

    def draw(rng):
        drawn = []
        for size in sizes:
            batches = []
            for batch in islice(minibatches(n, size, rng), n + 5):
                # One by one: whether a batch outlives the next of its epoch is another check's.
                batches.append(batch)
                drawn += np.array(batch).tolist()
            epochs.append((batches, read(batches)))
        return np.array(drawn)

    first = [draw(rng) for rng in rngs]
    for rng, other in zip(rngs, others, strict=True):
        other.bit_generator.state = rng.bit_generator.state
    rest = [draw(rng) for rng in others], [draw(rng) for rng in rngs]
    return first, *rest, all(read(batches) == before for batches, before in epochs)


def the_generator_alone(call, value):
    n, sizes, rngs, _ = call.args
    first, others, again, kept = value
    drawn = [*first, *others, *again]
    if any(one.ndim != 1 for one in drawn):
        return "a batch does not have one dimension"
    if any(len(one) != n * len(sizes) for one in drawn):
        return "an epoch does not have n indices"
    orders = np.reshape(drawn, (-1, n))
    if (np.sort(orders) != np.arange(n)).any():
        return "an epoch does not have every index once"
    if (orders == np.arange(n)).all(axis=1).any():
        return "the indices come in order"
    return follow(rngs, first, others, again) if kept else "the batches of one epoch are changed by the next epoch"


@pytest.mark.points(1)
def test_the_generator_decides(minibatches, agree):
    """equal generators give equal epochs, and a second epoch is another"""
    small = [call(30, [size], *equal_and_other()) for size in (30, 10)]
    drawn = asked(lambda rng: [call(int(rng.integers(20, 30)), [6, 60, 1], *equal_and_other(rng))], small)
    agree(minibatches, **drawn, through=again, judge=judges.holds(the_generator_alone, drawn=True), alone=True)


@pytest.mark.points(1)
@pytest.mark.edge
def test_few_or_none(minibatches, agree):
    """no sample gives no batch, and no batch is empty"""
    sizes = ((0, 3), (1, 1), (1, 5), (2, 3), (3, 1))
    check_batches(minibatches, agree, *((n, size, drop) for n, size in sizes for drop in (False, True)))


@pytest.mark.points(1)
@pytest.mark.edge
def test_refusals(minibatches, agree):
    """batch_size below 1 or n below 0: ValueError, at the call or when the first batch is asked for"""
    few = ((3, 0), (3, -1), (-1, 2), (0, 0), (3, 1), (0, 1))
    small = [call(*sizes, np.random.default_rng(0), False) for sizes in few]
    bad = ((5, 0), (5, -1), (-1, 2), (-3, 1), (0, 0), (-1, 0))
    cases = [*((*one, drop) for one in bad for drop in (False, True)), (5, 1, False), (0, 1, False), (3, 9, False)]
    agree(minibatches, **each(epoch, cases, small), through=one_epoch, judge=judges.refusal)
