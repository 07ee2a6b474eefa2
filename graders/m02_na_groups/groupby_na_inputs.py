"""Tables for the hidden checks of groupby_na.

Their structure is fixed and only values and the order of rows are drawn, so that a mistake shows for every
seed: the largest key comes first, the sizes of sorted groups neither rise nor fall, and no sum is near 0.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

MISSING = (None, float("nan"), pd.NA, pd.NaT)
WORDS = ("Busan", "Daegu", "Jeju", "Seoul")

DAYS = [pd.Timestamp(day) for day in ("1969-07-20", "2021-01-01", "2021-08-09", "2021-10-01")]

# Sorted labels by kind of key, and the dtype of their column; None leaves the dtype to pandas.
KINDS: dict[str, tuple[list[Any], str | None]] = {
    "text": (list(WORDS), None),
    "string": (list(WORDS), "string"),
    "float": ([-1.5, 2.25, 10.0, 11.5], "float64"),
    "nullable": ([2, 10, 33, 100], "Int64"),
    "date": (DAYS, "datetime64[ns]"),
}
WHOLE: dict[str, tuple[list[Any], str | None]] = {
    "integer": ([-3, 2, 10, 100], "int64"),
    "whole text": (list(WORDS), None),
}
SIZES = (3, 5, 2, 4)


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


def labelled(labels: list[Any], missing: int = 0) -> list[Any]:
    """The cells of a key column, sorted: each label as often as SIZES says, then `missing` gaps."""
    sizes = [SIZES[at % len(SIZES)] for at in range(len(labels))]
    return [label for label, size in zip(labels, sizes, strict=True) for _ in range(size)] + [None] * missing


def one_key(
    rng: np.random.Generator, kind: str, missing: int, *, names: tuple[str, str] = ("place", "amount")
) -> pd.DataFrame:
    """A table with a key of one kind and values that are all there."""
    labels, dtype = (KINDS | WHOLE)[kind]
    cells = labelled(labels, missing)
    frame = pd.DataFrame({names[0]: column(cells, dtype), names[1]: values(rng, len(cells))})
    whole = len(cells) - missing
    return shuffled(rng, frame, [*range(whole, whole + min(missing, 1)), whole - 1])


def mixed_gaps(rng: np.random.Generator) -> pd.DataFrame:
    """A table with a key of dtype object whose gaps are None, NaN, NA and NaT."""
    frame = one_key(rng, "text", missing=len(MISSING))
    gaps = iter(MISSING)
    cells = [next(gaps) if pd.isna(cell) else cell for cell in frame["place"]]
    return frame.assign(place=pd.Series(cells, dtype=object))


def doubled(rng: np.random.Generator, kind: str, missing: int) -> pd.DataFrame:
    """Like `one_key`, with whole numbers as values, of which some occur twice in a group."""
    frame = one_key(rng, kind, missing)
    ranks = frame.groupby("place", dropna=False).cumcount()
    frame["amount"] = 7 + rng.integers(1, 5) * (1 + ranks.clip(lower=1)) + rng.integers(0, 3)
    return frame


def several_keys(rng: np.random.Generator, gaps: str = "both") -> pd.DataFrame:
    """Three keys, of which the first two (or one of them) have gaps; some combinations do not occur."""
    pairs: list[tuple[Any, Any]] = [("a", 1), ("a", 2), ("b", 2), ("b", 10), ("c", 1)]
    pairs += [("a", None), ("c", None)] if gaps in ("both", "second") else []
    pairs += [(None, 1), (None, 10)] if gaps in ("both", "first") else []
    pairs += [(None, None)] if gaps == "both" else []
    cells = [pair for at, pair in enumerate(pairs) for _ in range(SIZES[at % len(SIZES)])]
    frame = pd.DataFrame(
        {
            "level": column([second for _, second in cells], "Int64" if gaps == "second" else "float64"),
            "group": column([first for first, _ in cells], None),
            "half": [1 + at % 2 for at in range(len(cells))],
            "score": values(rng, len(cells)),
        }
    )
    return shuffled(rng, frame, [len(cells) - 1, sum(SIZES) + 2])


def gappy(rng: np.random.Generator, dtype: str) -> pd.DataFrame:
    """Missing keys and missing values, zeros among the values, and other columns with gaps.

    The groups: some values missing; all missing; none missing, some 0; all 0; negative; and no key.
    """
    some = rng.choice(np.arange(1.0, 20.0), size=9, replace=False) + (0 if dtype == "Int64" else 0.125)
    groups: dict[Any, list[Any]] = {
        "a": [*some[:3], None, None],
        "b": [None, None],
        "c": [0.0, *some[3:5]],
        "d": [0.0, None],
        "e": [*-some[5:7], None],
        None: [None, *some[7:]],
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
