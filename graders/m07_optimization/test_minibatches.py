"""Hidden checks of minibatches."""

import math
from itertools import permutations

import numpy as np
import pytest

from winnow.checks import call, driver, judges
from winnow.checks.chance import Share, chance, equal_and_other, follow
from winnow.checks.recipes import each


@driver(shows="list(minibatches({n}, {batch_size}, np.random.default_rng({seed}), drop_last={drop_last}))")
def one_epoch(minibatches, n, batch_size, seed, drop_last):
    from itertools import islice

    import numpy as np

    # What is drawn later must not change what came before, so all are kept and read at the end.
    rng = np.random.default_rng(seed)
    by_place = n % 2 == 0
    batches = (
        minibatches(n, batch_size, rng, drop_last) if by_place else minibatches(n, batch_size, rng, drop_last=drop_last)
    )
    return list(islice(batches, n + 5))


@driver(
    shows="[list(minibatches({n}, {batch_size}, rng)) for _ in range({times})] with rng = np.random.default_rng({seed})"
)
def epochs(minibatches, n, batch_size, times, seed):
    from itertools import islice

    import numpy as np

    rng = np.random.default_rng(seed)
    drawn = []
    for _ in range(times):
        batches = list(islice(minibatches(n, batch_size, rng), n + 5))
        drawn.append(np.concatenate([np.ravel(batch) for batch in batches]).astype(int))
    return np.stack(drawn)


@driver(
    shows="[list(minibatches({n}, {batch_size}, rng)) for rng in {rngs}], then the same with others that begin where "
    "these have come to, and with these again"
)
def again(minibatches, n, batch_size, rngs, others):
    from itertools import islice

    import numpy as np

    epochs, ends = [], []

    def read(epoch):
        return [np.array(batch).tolist() for batch in epoch]

    def batches(rng):
        # One by one: whether a batch outlives the next of its epoch is another check's.
        epochs.append([])
        drawn = []
        for batch in islice(minibatches(n, batch_size, rng), n + 5):
            epochs[-1].append(batch)
            drawn += read([batch])
        ends.append(read(epochs[-1]))
        return drawn

    first = [batches(rng) for rng in rngs]
    for rng, other in zip(rngs, others, strict=True):
        other.bit_generator.state = rng.bit_generator.state
    rest = [batches(rng) for rng in others], [batches(rng) for rng in rngs]
    return first, *rest, ends == [read(epoch) for epoch in epochs]


def epoch(rng, n, size, *drop_last):
    """The arguments of one epoch; a pair stands for a number in between."""
    n, size = (one if isinstance(one, int) else int(rng.integers(*one)) for one in (n, size))
    return n, size, int(rng.integers(10**6)), *drop_last


def some_epochs(rng, n, size, times):
    n, size, seed = epoch(rng, n, size)
    return n, size, times, seed


def right_batches(call, value):
    """Full batches of indices, each index once; what is left comes last, or not at all."""
    n, size, _, drop_last = call.args
    lengths = [len(batch) for batch in value]
    tail = [n % size] if n % size and not drop_last else []
    if any(not isinstance(batch, np.ndarray) or batch.dtype.kind not in "iu" for batch in value):
        return "a batch is no array of integers"
    if any(batch.ndim != 1 for batch in value):
        return "a batch does not have one dimension"
    if 0 in lengths:
        return "a batch is empty"
    if max(lengths, default=0) > size:
        return f"a batch has {max(lengths)} indices, which is more than batch_size"
    if lengths != [size] * (n // size) + tail:
        return f"the batches have {', '.join(map(str, lengths)) or 'no'} indices"
    indices = [int(index) for batch in value for index in batch]
    if len(set(indices)) != len(indices) or not set(indices) <= set(range(n)):
        return "an index comes twice, or is none of 0 ... n - 1"
    return None


BATCHES = judges.holds(right_batches, drawn=True)
SMALL = [
    call(n, size, s, drop)
    for n, size in ((4, 2), (5, 2), (3, 1), (2, 3), (0, 2), (3, 3), (1, 1))
    for drop in (False, True)
    for s in (0, 1)
]


@pytest.mark.points(1.5)
def test_batches(minibatches, agree):
    """every index once, in batches that are full but for the last; a batch stays as it is when the next is drawn"""
    cases = [
        (n, size, False) for n, size in ((10, 4), (12, 4), (5, 1), (7, 7), ((30, 50), (5, 12)), (30, 9), (300, 140))
    ]
    agree(minibatches, **each(epoch, cases, SMALL), through=one_epoch, judge=BATCHES)


@pytest.mark.points(1)
def test_drop_last(minibatches, agree):
    """with drop_last the incomplete batch is left out, and a full one never is"""
    cases = [(n, size, True) for n, size in ((10, 4), (12, 4), (7, 7), (3, 5), ((20, 30), 8))]
    agree(minibatches, **each(epoch, cases, SMALL), through=one_epoch, judge=BATCHES)


def _within(reach, n):
    """Of how many pairs of places among n the second comes after the first, by as many as reach at most."""
    return reach * n - reach * (reach + 1) // 2


def equally_likely(call, value):
    n, _, times, _ = call.args
    if value.shape != (times, n) or (np.sort(value) != np.arange(n)).any():
        yield "an epoch does not have every index once"
    if n > 1000:
        # Shuffled in blocks, or out of a buffer, an index stays near its place, or beside its neighbours.
        early = int((value[:, : n // 2] < n // 2).sum())
        yield Share("the share of the first half that stays in the first half", early, times * (n // 2), 1 / 2)
        pairs = value[:, : n // 2 * 2].reshape(-1, 2)
        beside = int((abs(pairs[:, 0] - pairs[:, 1]) <= n // 20).sum())
        by_chance = _within(n // 20, n) / math.comb(n, 2)
        yield Share("the share of neighbours that were near each other", beside, len(pairs), by_chance)
        return
    if n > 4:
        # Swapping every element with any other moves it forwards too often, by up to a third of the way.
        ahead = value - np.arange(n)
        near = int(((ahead >= 1) & (ahead <= n // 3)).sum())
        yield Share("the share of indices that come a little early", near, n * times, _within(n // 3, n) / n**2)
        # a·i + b mod n has some hundreds of the n! orders: its second step is its first, and orders come back.
        steps = np.diff(value[:, :3]) % n
        again = int((steps[:, 0] == steps[:, 1]).sum())
        by_chance = (1 - (n % 2 == 0) / (n - 1)) / (n - 2)
        yield Share("the share of epochs whose second step from index to index is the first", again, times, by_chance)
        if n >= 30 and len(np.unique(value, axis=0)) < times:
            yield "one order comes in two epochs"
        return
    for order in permutations(range(n)):
        count = int((value == order).all(axis=1).sum())
        yield Share(f"the share of the order {list(order)}", count, times, 1 / math.factorial(n))


@pytest.mark.points(1.5)
def test_all_orders(minibatches, agree):
    """all orders are equally likely, within a batch and across batches"""
    small = [call(n, size, 400, s) for n, size in ((2, 1), (2, 2), (3, 3), (3, 1), (4, 2), (40, 40)) for s in (0, 1)]
    small += [call(1500, 100, 1, s) for s in (0, 1)]
    # The larger numbers are nobody's to know: each is drawn from a range.
    cases = [(3, 3, 300), (3, 1, 300), (4, 2, 800), ((30, 60), 8, 400), ((1200, 1800), (60, 120), 1)]
    orders = each(some_epochs, cases, small)
    agree(minibatches, **orders, through=epochs, judge=chance(equally_likely))


def several(rng, n, size):
    n, size, _ = epoch(rng, n, size)
    return n, size, *equal_and_other(rng)


def the_generator_alone(call, value):
    first, others, again, kept = value
    for epoch in (*first, *others, *again):
        order = [index for batch in epoch for index in batch]
        if any(isinstance(index, list) for index in order):
            return "a batch does not have one dimension"
        if len(order) != call.args[0]:
            return "an epoch does not have n indices"
        if sorted(order) != list(range(call.args[0])):
            return "an epoch does not have every index once"
        if order == sorted(order):
            return "the indices come in order"
    if not kept:
        return "the batches of one epoch are changed by the next epoch"
    return follow(call.args[2], first, others, again)


@pytest.mark.points(1)
def test_the_generator_decides(minibatches, agree):
    """equal generators give equal epochs, and a second epoch is another"""
    small = [call(30, size, *equal_and_other()) for size in (30, 10)]
    drawn = each(several, [((30, 60), 6), ((30, 60), 60), ((30, 60), 1)], small)
    agree(minibatches, **drawn, through=again, judge=judges.holds(the_generator_alone, drawn=True), alone=True)


@pytest.mark.points(1)
@pytest.mark.edge
def test_few_or_none(minibatches, agree):
    """no sample gives no batch, and no batch is empty"""
    cases = [(n, size, drop) for n, size in ((0, 3), (1, 1), (1, 5), (2, 3), (3, 1)) for drop in (False, True)]
    agree(minibatches, **each(epoch, cases, SMALL), through=one_epoch, judge=BATCHES)


BAD = [call(n, size, 0, False) for n, size in ((3, 0), (3, -1), (-1, 2), (0, 0), (3, 1), (0, 1))]


@pytest.mark.points(1)
@pytest.mark.edge
def test_refusals(minibatches, agree):
    """batch_size below 1 or n below 0: ValueError, at the call or when the first batch is asked for"""
    bad = ((5, 0), (5, -1), (-1, 2), (-3, 1), (0, 0), (-1, 0))
    cases = [*((*one, drop) for one in bad for drop in (False, True)), (5, 1, False), (0, 1, False), (3, 9, False)]
    agree(minibatches, **each(epoch, cases, BAD), through=one_epoch, judge=judges.refusal)
