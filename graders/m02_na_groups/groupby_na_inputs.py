"""Tables for the hidden checks of groupby_na.

Their structure is fixed and only values and the order of rows are drawn, so that a mistake shows for every
seed: the largest key comes first, the sizes of sorted groups neither rise nor fall, and no sum is near 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

MISSING = (None, float("nan"), pd.NA, pd.NaT)
WORDS = ("Busan", "Daegu", "Jeju", "Seoul")

DAYS = [pd.Timestamp(day) for day in ("1900-01-01", "1970-01-01", "2021-10-01", "2262-01-01")]

# Sorted labels by kind of key, and the dtype of their column; None leaves the dtype to pandas.
KINDS: dict[str, tuple[list[Any], str | None]] = {
    "text": (list(WORDS), None),
    "float": ([-1.5, 2.25, 10.0, 11.5], "float64"),
    "nullable": ([2, 10, 33, 100], "Int64"),
    "date": (DAYS, "datetime64[ns]"),
    "integer": ([-3, 2, 10, 100], "int64"),
}
SIZES = (2, 4, 1, 3)


def column(cells: list[Any], dtype: str | None) -> pd.Series:
    """A column; `None` among the cells becomes what is missing in that dtype."""
    return pd.Series(cells, dtype=dtype)


def values(rng: np.random.Generator, rows: int) -> np.ndarray:
    """Values whose sums and means have many digits and lie far from 0."""
    return rng.uniform(1, 9, size=rows)


def shuffled(rng: np.random.Generator, frame: pd.DataFrame, front: list[int]) -> pd.DataFrame:
    """The rows in random order, behind those of `front`."""
    rest = rng.permutation([row for row in range(len(frame)) if row not in front])
    return frame.iloc[[*dict.fromkeys(front), *rest]].reset_index(drop=True)


def labelled(labels: Sequence[Any], missing: int = 0, sizes: Sequence[int] = SIZES) -> list[Any]:
    """The cells of a key column, sorted: each label as often as `sizes` says, in turn, then `missing` gaps."""
    sizes = [sizes[at % len(sizes)] for at in range(len(labels))]
    return [label for label, size in zip(labels, sizes, strict=True) for _ in range(size)] + [None] * missing


def one_key(
    rng: np.random.Generator, kind: str, missing: int, *, names: tuple[str, str] = ("place", "amount")
) -> pd.DataFrame:
    """A table with a key of one kind and values that are all there."""
    labels, dtype = KINDS[kind]
    cells = labelled(labels, missing)
    frame = pd.DataFrame({names[0]: column(cells, dtype), names[1]: values(rng, len(cells))})
    whole = len(cells) - missing
    return shuffled(rng, frame, [*range(whole, whole + min(missing, 1)), whole - 1])


def mixed_gaps(rng: np.random.Generator) -> pd.DataFrame:
    """A table with a key of dtype object whose gaps are None, NaN, NA and NaT, in any order."""
    frame = one_key(rng, "text", missing=len(MISSING))
    gaps = iter([MISSING[at] for at in rng.permutation(len(MISSING))])
    cells = [next(gaps) if pd.isna(cell) else cell for cell in frame["place"]]
    return frame.assign(place=pd.Series(cells, dtype=object))


def doubled(rng: np.random.Generator, kind: str, missing: int) -> pd.DataFrame:
    """Like `one_key`, with whole numbers as values, of which some occur twice in a group."""
    frame = one_key(rng, kind, missing)
    ranks = frame.groupby("place", dropna=False).cumcount()
    frame["amount"] = 7 + rng.integers(1, 5) * (1 + ranks.clip(lower=1)) + rng.integers(0, 3)
    return frame


def several_keys(
    rng: np.random.Generator, gaps: str = "both", *, groups: str | None = None, levels: str = "float64"
) -> pd.DataFrame:
    """Three keys, of which the first two (or one of them) have gaps; some combinations do not occur."""
    first, second, third = DAYS[:3] if groups == "datetime64[ns]" else "abc"
    pairs: list[tuple[Any, Any]] = [(first, 1), (first, 2), (second, 2), (second, 10), (third, 1)]
    pairs += [(first, None), (third, None)] if gaps in ("both", "second") else []
    pairs += [(None, 1), (None, 10), (None, None)] if gaps == "both" else []
    cells = [pair for at, pair in enumerate(pairs) for _ in range(SIZES[at % len(SIZES)])]
    frame = pd.DataFrame(
        {
            "level": column([level for _, level in cells], levels),
            "group": column([group for group, _ in cells], groups),
            "half": [1 + at % 2 for at in range(len(cells))],
            "score": values(rng, len(cells)),
        }
    )
    return shuffled(rng, frame, [len(cells) - 1, cells.index((third, 1))])


def gappy(rng: np.random.Generator, dtype: str) -> pd.DataFrame:
    """Missing keys and missing values, zeros among the values, and other columns with gaps.

    The groups: some values missing; all missing; none missing, some 0; all 0; negative; and no key.
    """
    some = rng.choice(np.arange(1.0, 20.0), size=8, replace=False) + (0 if dtype == "Int64" else 0.125)
    groups: dict[Any, list[Any]] = {
        "a": [*some[:2], None],
        "b": [None, None],
        "c": [0.0, *some[2:4]],
        "d": [0.0, None],
        "e": [*-some[4:6], None],
        None: [None, *some[6:]],
    }
    cells = [(label, value) for label, inside in groups.items() for value in inside]
    amounts = pd.Series([value for _, value in cells], dtype="Float64").astype(dtype)
    rows = len(cells)
    frame = pd.DataFrame(
        {
            "kind": column([label for label, _ in cells], None),
            "half": [1 + at % 2 for at in range(rows)],
            "amount": amounts,
            "other": [np.nan if at % 3 == 1 else 1.0 for at in range(rows)],
            "note": [None if at % 2 else "seen" for at in range(rows)],
        }
    )
    return shuffled(rng, frame, [rows - 1, rows - 4])
