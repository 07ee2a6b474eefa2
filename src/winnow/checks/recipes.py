"""What functions of arrays are asked again and again, as the arguments `on` and `small` of `agree`.

    PAIRS = SameShape(errors)     # errors(rng, shape) -> the arrays of one call

    def test_takes_any_array_like(mae, agree):
        agree(mae, **PAIRS.array_likes(), judge=...)

Every recipe holds calls that are right beside those that are wrong, so that what always raises earns nothing.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from hypothesis import strategies as st

from winnow.checks.calls import Call, call

Array = np.ndarray[Any, Any]
NAN, INF = float("nan"), float("inf")
# The same elements in other places of memory.
LAYOUTS: tuple[Callable[[Array], Array], ...] = (
    np.asfortranarray, lambda a: a[::-1].copy()[::-1], lambda a: a[..., ::-1].copy()[..., ::-1],
)  # fmt: skip


def asked(draw: Callable[[np.random.Generator], Iterable[Call]], small: Sequence[Call]) -> dict[str, Any]:
    """`on` and `small`: of the small calls, the first that shows a mistake is what a learner sees.

    Examples:
        >>> sorted(asked(lambda rng: [call(rng.normal())], small=[call(0.0), call(1.0)]))
        ['on', 'small']
    """
    return {"on": draw, "small": InTurn(small)}


class InTurn:
    """Small calls that are tried one after another; called, it gives a strategy of them, as any other `small` does.

    Examples:
        >>> InTurn([call(0), call(1)]).calls
        (Call(args=(0,), kwargs={}), Call(args=(1,), kwargs={}))
    """

    def __init__(self, calls: Iterable[Call]) -> None:
        self._calls = calls

    @cached_property
    def calls(self) -> tuple[Call, ...]:
        return tuple(self._calls)

    def __call__(self) -> Any:
        return st.sampled_from(self.calls)


def each(
    make: Callable[..., Sequence[Any]], cases: Iterable[Any], small: Sequence[Call] | None = None
) -> dict[str, Any]:
    """One call for each of the cases: `on`, and of the small calls `small`.

    Args:
        make: the arguments of a call, of the generator and what a case holds.
        cases: tuples; what is none stands for a tuple of itself.
        small: as for `asked`.

    Examples:
        >>> rates = each(lambda rng, p, size: (rng.normal(size=size), p), [(0.1, 2), (0.5, 3)], [call([1.0], 0.5)])
        >>> [(array.shape, p) for array, p in (one.args for one in rates["on"](np.random.default_rng(0)))]
        [((2,), 0.1), ((3,), 0.5)]
    """
    known = [case if isinstance(case, tuple) else (case,) for case in cases]
    return asked(lambda rng: (call(*make(rng, *case)) for case in known), small or [])


def locked(array: Array) -> Array:
    """A copy that cannot be written to.

    Examples:
        >>> locked(np.ones(3)).flags.writeable
        False
    """
    copy = array.copy()
    copy.flags.writeable = False
    return copy


@dataclass(frozen=True)
class SameShape:
    """A function of several arrays of one shape.

    Args:
        draw: the arrays of one call, of this shape, drawn so that every wrong way differs clearly.
        wrap: the call with these arrays, in whatever places the function has them.
        arrays: how many arrays one call has.

    Examples:
        >>> pairs = SameShape(lambda rng, shape: (rng.normal(size=shape), rng.normal(size=shape)))
        >>> calls = list(pairs.plain((3,), (2, 2))["on"](np.random.default_rng(0)))
        >>> [np.shape(one.args[0]) for one in calls]
        [(3,), (2, 2), (2, 3), (2, 2)]
    """

    draw: Callable[[np.random.Generator, tuple[int, ...]], Sequence[Array]]
    wrap: Callable[..., Call] = call
    arrays: int = field(default=2)

    def plain(self, *shapes: tuple[int, ...], scale: float = 1.0) -> dict[str, Any]:
        """Float arrays of these shapes, one pair that is tiny, one that is equal."""

        def on(rng: np.random.Generator) -> Iterator[Call]:
            for shape in shapes:
                yield self.wrap(*self.draw(rng, shape))
            yield self.wrap(*(1e-6 * array for array in self.draw(rng, (2, 3))))
            equal = rng.normal(size=(2, 2))
            yield self.wrap(*(equal.copy() for _ in range(self.arrays)))

        return {"on": on, "small": self._lists}

    def _lists(self) -> Any:
        """Lists of one shape, 1 to 3 numbers, flat or in rows of two."""
        numbers = st.integers(-3, 3)

        def several(values: Any) -> Any:
            return st.builds(self.wrap, *[values] * self.arrays)

        flat = st.integers(1, 3).flatmap(lambda n: several(st.lists(numbers, min_size=n, max_size=n)))
        row = st.lists(numbers, min_size=2, max_size=2)
        return flat | st.integers(1, 2).flatmap(lambda n: several(st.lists(row, min_size=n, max_size=n)))

    def array_likes(self) -> dict[str, Any]:
        """Lists, tuples, scalars and arrays, in any mixture."""

        def on(rng: np.random.Generator) -> Iterator[Call]:
            kinds: list[Callable[[Array], Any]] = [np.ndarray.tolist, lambda a: tuple(a.tolist()), np.asarray]
            for at, shape in enumerate([(4,), (2, 3), (2, 2, 1), (4,), (2, 3)]):
                halves = [np.round(2 * array) / 2 for array in self.draw(rng, shape)]
                yield self.wrap(*(kinds[(at + place) % 3](half) for place, half in enumerate(halves)))
            scalars = [float(array) for array in self.draw(rng, ())]
            mixed: list[tuple[Any, Any]] = [(float, float), (int, float), (np.float32, np.int64), (float, np.array)]
            for wrappers in mixed:
                yield self.wrap(*(wrap(one) for wrap, one in zip(itertools.cycle(wrappers), scalars)))
            yield self.wrap(*itertools.islice(itertools.cycle([(True, False, True), [0.25, 0.5, 4.0]]), self.arrays))

        return {"on": on, "small": self._lists}

    def layouts(self) -> dict[str, Any]:
        """The same elements in other places of memory, beside arrays in the usual order."""

        def of(arrays: Sequence[Array], turn: Callable[[Array], Array], place: int) -> Call:
            return self.wrap(*(turn(one) if at == place else one for at, one in enumerate(arrays)))

        def on(rng: np.random.Generator) -> Iterator[Call]:
            for shape, turn, place in zip(
                ((3, 4), (3, 4), (2, 3, 4), (2, 3, 4)), itertools.cycle(LAYOUTS), (0, 0, 1, 1)
            ):
                yield of(self.draw(rng, shape), turn, place)

        grids = st.permutations(range(4)).map(lambda cells: np.reshape(cells, (2, 2)).astype(float))
        small = st.builds(of, st.tuples(*[grids] * self.arrays), st.sampled_from(LAYOUTS), st.just(1))
        return {"on": on, "small": lambda: small}

    def any_dtype(self) -> dict[str, Any]:
        """Numbers that their own dtype cannot hold the difference of, and arrays of unlike dtypes."""

        def on(rng: np.random.Generator) -> Iterator[Call]:
            low, more = rng.integers(0, 100, 4), rng.integers(0, 60, 4)
            turned = np.array([True, False, False, True])
            unsigned: tuple[Any, ...] = (np.uint8, np.uint16, np.uint64)
            signed: tuple[Any, ...] = (np.int8, np.int32, np.int64)
            for dtype in unsigned:
                # Signed integers of the same size cannot hold it, either.
                high = np.iinfo(dtype).max // 4 * 3 + more.astype(dtype)
                yield self._pair(np.where(turned, low, high).astype(dtype), np.where(turned, high, low).astype(dtype))
            for dtype in signed:
                largest = np.iinfo(dtype).max
                top = largest - rng.integers(largest // 64, largest // 16, 4, dtype=np.int64)
                yield self._pair(np.where(turned, top, -top).astype(dtype), np.where(turned, -top, top).astype(dtype))
            yield self._pair(turned, np.array([True, True, False, False]))
            yield self._pair(np.array([60000, -60000], np.float16), np.array([-60000, 60000], np.float16))
            for kind, digits in ((np.float16, 11), (np.float32, 24)):
                yield self._pair(np.full(4, 2.0**digits, kind), np.full(4, -1, kind))
            first, *others = self.draw(rng, (6,))
            for other in (np.int64, np.float16, np.bool_):
                yield self.wrap(np.abs(first).astype(other), *others)
            yield self.wrap(others[0], np.abs(first).astype(np.uint8), *others[1:])

        pairs: list[Any] = [
            (np.uint8, 10, 20), (np.uint8, 20, 10), (np.int8, 100, -100), (np.bool_, True, False),
            (np.int64, 2**62, -(2**62)), (np.float16, 2048, -1), (np.float16, 60000, -60000), (np.float32, 2**24, -1),
            (np.uint64, 3 * 2**62, 0),
        ]  # fmt: skip
        small = [self._pair(np.array([one], dtype), np.array([other], dtype)) for dtype, one, other in pairs]
        plain: list[Any] = [([1], [0.5]), ([0.5], [1]), ([True], [2.5]), ([2.5], [True]), ([0], [1]), ([0, 1], [2, -1])]
        return asked(on, [*small, *(self._pair(*pair) for pair in plain)])

    def _pair(self, *two: Any) -> Call:
        return self.wrap(*itertools.islice(itertools.cycle(two), self.arrays))

    def _of_shapes(self, rng: np.random.Generator, shapes: Iterable[Sequence[tuple[int, ...]]]) -> Iterator[Call]:
        for one in shapes:
            yield self._pair(*(rng.normal(size=shape) for shape in one))

    def unequal_shapes(self) -> dict[str, Any]:
        """Arrays of different shapes, some of one size, some that numpy would broadcast, and some that are right."""
        shapes = [
            ((3,), (3, 1)),
            ((1,), (5,)),
            ((5,), (1,)),
            ((), (4,)),
            ((1,), ()),
            ((6,), (2, 3)),
            ((2, 2, 1), (2, 2)),
        ]

        def on(rng: np.random.Generator) -> Iterator[Call]:
            yield from self._of_shapes(rng, shapes)
            yield self._pair([1, 2, 3], 2)
            for shape in ((3, 1), ()):
                yield self.wrap(*self.draw(rng, shape))

        return asked(on, self._small_unequal)

    def named_shapes(self) -> dict[str, Any]:
        """Different shapes of which no length could be anything else in a message, and one that is right."""

        def on(rng: np.random.Generator) -> Iterator[Call]:
            # No message has room for all lengths that there may be.
            a, b, c = map(int, rng.choice(np.arange(13, 30), 3, replace=False))
            long, longer = map(int, rng.choice(np.arange(300, 1000), 2, replace=False))
            yield from self._of_shapes(rng, [((a, b), (b, a)), ((long,), (longer,)), ((2, c, 8), (2, c))])
            yield self.wrap(*self.draw(rng, (a, b)))

        return asked(on, self._small_unequal)

    @property
    def _small_unequal(self) -> list[Call]:
        pairs: list[Any] = [
            ([1, 2], [[1], [2]]), ([1, 2, 3], [[1], [2], [3]]), ([1, 2], [1]), ([1, 2], 1), ([1, 2, 3], [1, 2]),
            ([[1, 2]], [[1], [2]]), ([1, 2], [[1, 2]]), ([1], 1),
        ]  # fmt: skip
        return [self._pair(*pair) for pair in pairs]

    def not_finite(self) -> dict[str, Any]:
        """NaN and infinities, alone and together."""
        pairs: list[Any] = [
            ([1.0, NAN, 2.0], [0.5, 1.0, 4.0]), (1.0, NAN), ([-INF, 1.0], [2.0, 3.0]),
            ([[0.0], [1.0]], [[-INF], [3.0]]), ([INF, 3.0], [INF, 1.0]), ([NAN, 1.0], [NAN, 3.0]),
            ([INF, NAN], [1.0, 1.0]),
        ]  # fmt: skip
        numbers = st.sampled_from([0.0, 1.0, NAN, INF, -INF])
        lists = st.integers(1, 2).map(lambda n: st.lists(numbers, min_size=n, max_size=n))
        small = lists.flatmap(lambda values: st.builds(self.wrap, *[values] * self.arrays))
        return {"on": lambda rng: (self._pair(*pair) for pair in pairs), "small": lambda: small}

    def empty(self) -> dict[str, Any]:
        """No element, in one dimension and in two, and some elements."""

        def on(rng: np.random.Generator) -> Iterator[Call]:
            yield self._pair([], [])
            for shape in ((0, 3), (2, 0)):
                yield self._pair(np.zeros(shape), np.ones(shape))
            for filled in ((), (1, 3)):
                yield self.wrap(*self.draw(rng, filled))

        none = np.zeros((0, 2))
        small: list[Any] = [([], []), ([[]], [[]]), (none, none.copy()), ([1], [3])]
        return asked(on, [self._pair(*pair) for pair in small])

    def complex_numbers(self) -> dict[str, Any]:
        """Complex numbers in either argument, also where the imaginary part is 0, and in none."""

        def on(rng: np.random.Generator) -> Iterator[Call]:
            first, *others = self.draw(rng, (3,))
            yield self.wrap(first + 1j, *others)
            yield self.wrap(first, others[0].astype(np.complex64), *others[1:])
            yield self._pair([1.0, 2 + 1j], [1.0, 2.0])
            yield self._pair(1.0, np.array(1 + 0j))
            yield self.wrap(first, *others)
            yield self.wrap(first.tolist(), *(other.tolist() for other in others))

        small = [([1j], [1]), ([1], [1j]), ([1 + 0j], [1]), (np.array([2 + 1j]), np.array([1.0])), (1j, 1), ([1], [3])]
        return asked(on, [self._pair(*pair) for pair in small])

    def owned(self) -> dict[str, Any]:
        """Arguments of the caller that could be written to, and some that must not be; what is global is watched."""

        def on(rng: np.random.Generator) -> Iterator[Call]:
            yield self.wrap(*self.draw(rng, (2, 3)))
            yield self.wrap(*(one.astype(np.float32) for one in self.draw(rng, (5,))))
            yield self.wrap(*(one.tolist() for one in self.draw(rng, (4,))))
            yield self.wrap(*(np.rint(one).astype(np.int64) for one in self.draw(rng, (5,))))
            yield self.wrap(*(locked(one) for one in self.draw(rng, (4,))))

        numbers = st.lists(st.integers(0, 3), min_size=2, max_size=2)
        arrays = numbers.map(lambda values: np.array(values, float))
        both = st.builds(self.wrap, *[arrays] * self.arrays) | st.builds(self.wrap, *[numbers] * self.arrays)
        return {"on": on, "small": lambda: both, "unchanged": True, "alone": True}
