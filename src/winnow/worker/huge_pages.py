"""Huge pages for what a nursery holds: a fork copies a table of pages, and the fewer there are the less it copies.

What malloc holds is on huge pages from the start (GLIBC_TUNABLES); Python keeps its small objects elsewhere. Linux has
put a range on huge pages at a program's wish since 6.1; before that, all stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable

from . import kernel

SIZE = 2 << 20
Ranges = list[tuple[int, int]]


def written() -> Ranges:
    """The start and the end of each huge page's worth of memory that is this process's own; none without /proc."""
    found = []
    try:
        with open("/proc/self/maps", encoding="ascii", errors="replace") as lines:
            for line in lines:
                place, rights, _, _, _, *name = line.split()
                if rights == "rw-p" and name in ([], ["[heap]"]):
                    start, end = (int(number, 16) for number in place.split("-"))
                    found.append((-(-start // SIZE) * SIZE, end // SIZE * SIZE))
    except OSError:
        return []
    return [(start, end) for start, end in found if start < end]


def make_huge(ranges: Iterable[tuple[int, int]]) -> None:
    """Put these ranges on huge pages, where Linux does that and has them."""
    for start, end in ranges:
        try:
            kernel.collapse(start, end - start)
        except OSError:
            continue
