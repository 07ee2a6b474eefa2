"""What mae is asked: arrays drawn so that every wrong way to write it differs clearly, whatever the seed."""

import numpy as np
from hypothesis import strategies as st

from winnow.checks import call


def pair(rng, shape, scale=1.0):
    """Two arrays whose differences have both signs, unequal sizes, and a sum that is far from 0."""
    size = int(np.prod(shape))
    errors = rng.uniform(0.5, 1.5, size) * np.where(np.arange(size) % 2, -1.0, 1.0)
    errors[0] *= 4
    y_true = rng.normal(scale=3.0, size=size)
    y_pred = y_true + rng.permutation(errors)
    return scale * y_true.reshape(shape), scale * y_pred.reshape(shape)


def plain_pairs(rng):
    for shape in [(), (1,), (8,), (3, 4), (2, 1, 3, 2)]:
        yield call(*pair(rng, shape))
    yield call(*pair(rng, (2, 3), scale=1e-6))
    equal = rng.normal(size=(2, 2))
    yield call(equal, equal.copy())


def array_likes(rng):
    ints = rng.integers(-9, 9, 6).tolist()
    halves = (rng.integers(-9, 9, 6) + 0.5).tolist()
    yield call(ints, halves)
    yield call([ints, tuple(halves)], (tuple(halves[::-1]), ints[::-1]))
    yield call([[[1.5], [2]], [[3], [4]]], np.asarray(ints[:4], float).reshape(2, 2, 1) + 0.25)
    yield call((True, False, True), [0.25, 0.5, 4.0])
    yield call(3, 5.5)
    yield call(-2.5, np.array(4))
    yield call(np.float32(1.5), np.int64(-3))


def layouts(rng):
    """The same elements in other places of memory, beside arrays in the usual order."""
    y_true, y_pred = pair(rng, (3, 4))
    yield call(np.asfortranarray(y_true), y_pred)
    yield call(np.ascontiguousarray(y_true[::-1])[::-1], y_pred)
    y_true, y_pred = pair(rng, (2, 3, 4))
    yield call(y_true, np.asfortranarray(y_pred))
    yield call(y_true, np.ascontiguousarray(y_pred[..., ::-1])[..., ::-1])


def any_dtype(rng):
    """Numbers that their own dtype cannot hold the difference of, and pairs of unlike dtypes."""
    low = rng.integers(0, 100, 4)
    high = low + rng.integers(20, 100, 4)
    turned = np.array([True, False, False, True])
    for dtype in (np.uint8, np.uint16, np.uint64):
        yield call(np.where(turned, low, high).astype(dtype), np.where(turned, high, low).astype(dtype))
    for dtype in (np.int8, np.int32, np.int64):
        largest = np.iinfo(dtype).max
        top = largest - rng.integers(largest // 64, largest // 16, 4, dtype=np.int64)
        yield call(np.where(turned, top, -top).astype(dtype), np.where(turned, -top, top).astype(dtype))
    yield call(turned, np.array([True, True, False, False]))
    yield call(np.float16([60000, -60000]), np.float16([-60000, 60000]))
    # 2 ** digits is the last whole number before which none is left out.
    for dtype, digits in ((np.float16, 11), (np.float32, 24)):
        yield call(np.full(4, 2.0**digits, dtype), np.full(4, -1, dtype))
    y_true, y_pred = pair(rng, (6,))
    for dtype in (np.int64, np.float16, np.bool_):
        yield call(np.abs(y_true).astype(dtype), y_pred)
    yield call(y_pred, np.abs(y_true).astype(np.uint8))
    yield call(low.astype(np.uint8), (-low).astype(np.int8))


def mismatched(rng):
    """Pairs of different shapes, some of one size, some that numpy would broadcast, and pairs that are right."""
    shapes = [((3,), (3, 1)), ((1,), (5,)), ((5,), (1,)), ((), (4,)), ((1,), ()), ((6,), (2, 3)), ((2, 2, 1), (2, 2))]
    for first, second in shapes:
        yield call(rng.normal(size=first), rng.normal(size=second))
    yield call([1, 2, 3], 2)
    for shape in [(3, 1), ()]:
        yield call(*pair(rng, shape))


def named(rng):
    """Different shapes of which no length could be anything else in a message, and one that is right."""
    for first, second in [((4, 6), (6, 4)), ((5,), (3,)), ((2, 9, 8), (2, 9))]:
        yield call(rng.normal(size=first), rng.normal(size=second))
    yield call(*pair(rng, (4, 6)))


def not_finite(rng):
    """Answers that are NaN or infinite whichever loss it is, so that what else is wrong with it costs nothing here."""
    nan, inf = np.nan, np.inf
    yield call([1.0, nan, 2.0], [0.5, 1.0, 4.0])
    yield call(1.0, nan)
    yield call([-inf, 1.0], [2.0, 3.0])
    yield call([[0.0], [1.0]], [[-inf], [3.0]])
    yield call([inf, 3.0], [inf, 1.0])


def more_not_finite(rng):
    """Those, and several at once."""
    yield from not_finite(rng)
    yield call([np.nan, 1.0], [np.nan, 3.0])
    yield call([np.inf, np.nan], [1.0, 1.0])


def empty(rng):
    yield call([], [])
    for shape in [(0, 3), (2, 0)]:
        yield call(np.zeros(shape), np.ones(shape))
    for shape in [(), (1, 3)]:
        yield call(*pair(rng, shape))


def complex_numbers(rng):
    y_true, y_pred = pair(rng, (3,))
    yield call(y_true + 1j, y_pred)
    yield call(y_true, y_pred.astype(np.complex64))
    yield call([1.0, 2 + 1j], [1.0, 2.0])
    yield call(1.0, np.array(1 + 0j))
    yield call(y_true, y_pred)
    yield call(y_true.tolist(), y_pred.tolist())


def owned(rng):
    """Arguments of the caller that could be written to, and some that must not be."""
    yield call(*pair(rng, (2, 3)))
    yield call(*(half.astype(np.float32) for half in pair(rng, (5,))))
    yield call(*(half.tolist() for half in pair(rng, (4,))))
    ints = rng.integers(-9, 9, 5)
    yield call(ints, ints + np.array([1, -2, 3, -4, 9]))
    locked = pair(rng, (4,))
    for half in locked:
        half.flags.writeable = False
    yield call(*locked)


def small_lists():
    """Lists of one shape, 1 to 4 numbers, flat or in rows of two. Three make a mean with many digits."""
    numbers = st.integers(-3, 3)
    flat = st.sampled_from([1, 2, 3]).flatmap(lambda n: _both(st.lists(numbers, min_size=n, max_size=n)))
    rows = st.integers(1, 2).flatmap(
        lambda n: _both(st.lists(st.lists(numbers, min_size=2, max_size=2), min_size=n, max_size=n))
    )
    return flat | rows


def _both(values):
    return st.builds(call, values, values)


def small_layouts():
    grid = st.permutations(range(4)).map(lambda cells: np.reshape(cells, (2, 2)).astype(float))
    other = st.sampled_from([np.asfortranarray, lambda a: a[::-1].copy()[::-1], lambda a: a[:, ::-1].copy()[:, ::-1]])
    return st.builds(lambda a, b, turn: call(a, turn(b)), grid, grid, other)


def small_arrays():
    """One number against another, of a dtype that cannot hold their difference, or of unlike dtypes."""
    numbers = [
        (np.uint8, 10, 20), (np.uint8, 20, 10), (np.int8, 100, -100), (np.bool_, True, False),
        (np.int64, 2**62, -(2**62)), (np.float16, 2048, -1), (np.float16, 60000, -60000), (np.float32, 2**24, -1),
    ]  # fmt: skip
    alike = [call(np.array([one], dtype), np.array([other], dtype)) for dtype, one, other in numbers]
    unlike = [call([1], [0.5]), call([0.5], [1]), call([True], [2.5]), call([2.5], [True])]
    return st.sampled_from([*alike, *unlike]) | small_lists()


def small_mismatched():
    return st.sampled_from(
        [
            call([1, 2], [[1], [2]]), call([1, 2, 3], [[1], [2], [3]]), call([1, 2], [1]), call([1, 2], 1),
            call([1, 2, 3], [1, 2]), call([[1, 2]], [[1], [2]]), call([1, 2], [[1, 2]]), call([1], 1),
        ]
    )  # fmt: skip


def small_not_finite():
    numbers = st.sampled_from([0.0, 1.0, np.nan, np.inf, -np.inf])
    return st.integers(1, 2).flatmap(lambda n: _both(st.lists(numbers, min_size=n, max_size=n)))


def small_empty():
    return st.sampled_from([call([], []), call([[]], [[]]), call(np.zeros((0, 2)), np.zeros((0, 2))), call([1], [3])])


def small_complex():
    values = [call([1j], [1]), call([1], [1j]), call([1 + 0j], [1]), call(np.array([2 + 1j]), np.array([1.0]))]
    return st.sampled_from([*values, call(1j, 1), call([1], [3])])


def small_owned():
    numbers = st.lists(st.integers(0, 3), min_size=2, max_size=2)
    arrays = numbers.map(lambda values: np.array(values, float))
    return _both(arrays) | _both(numbers)
