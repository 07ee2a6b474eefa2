"""Tables for the hidden checks of groupby_na, large ones to judge by and small ones to show.

The structure of the large ones is fixed and only values and the order of rows are drawn, so that a mistake shows for
every seed: the largest key comes first, the sizes of sorted groups neither rise nor fall, and no sum is near 0.
"""

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from winnow.checks import call

MISSING = (None, float("nan"), pd.NA, pd.NaT)
DAYS = [pd.Timestamp(day) for day in ("1900-01-01", "1970-01-01", "2021-10-01", "2262-01-01")]
# Sorted labels by kind of key, and the dtype of their column; None leaves the dtype to pandas.
KINDS = {
    "text": (["Busan", "Daegu", "Jeju", "Seoul"], None),
    "float": ([-1.5, 2.25, 10.0, 11.5], "float64"),
    "nullable": ([2, 10, 33, 100], "Int64"),
    "date": (DAYS, "datetime64[ns]"),
    "integer": ([-3, 2, 10, 100], "int64"),
}
SIZES = (2, 4, 1, 3)


def values(rng, rows):
    """Values whose sums and means have many digits and lie far from 0."""
    return rng.uniform(1, 9, size=rows)


def shuffled(rng, frame, front):
    """The rows in random order, behind those of `front`."""
    rest = rng.permutation([row for row in range(len(frame)) if row not in front])
    return frame.iloc[[*dict.fromkeys(front), *rest]].reset_index(drop=True)


def labelled(labels, missing=0, sizes=SIZES):
    """The cells of a key column, sorted: each label as often as `sizes` says, in turn, then `missing` gaps."""
    return [label for at, label in enumerate(labels) for _ in range(sizes[at % len(sizes)])] + [None] * missing


def one_key(rng, kind, missing, *, names=("place", "amount")):
    """A table with a key of one kind and values that are all there."""
    labels, dtype = KINDS[kind]
    cells = labelled(labels, missing)
    frame = pd.DataFrame({names[0]: pd.Series(cells, dtype=dtype), names[1]: values(rng, len(cells))})
    whole = len(cells) - missing
    return shuffled(rng, frame, [*range(whole, whole + min(missing, 1)), whole - 1])


def mixed_gaps(rng):
    """A table with a key of dtype object whose gaps are None, NaN, NA and NaT, in any order."""
    frame = one_key(rng, "text", missing=len(MISSING))
    gaps = iter([MISSING[at] for at in rng.permutation(len(MISSING))])
    cells = [next(gaps) if pd.isna(cell) else cell for cell in frame["place"]]
    return frame.assign(place=pd.Series(cells, dtype=object))


def doubled(rng, kind, missing):
    """Like `one_key`, with whole numbers as values, of which some occur twice in a group."""
    frame = one_key(rng, kind, missing)
    ranks = frame.groupby("place", dropna=False).cumcount()
    frame["amount"] = 7 + rng.integers(1, 5) * (1 + ranks.clip(lower=1)) + rng.integers(0, 3)
    return frame


def several_keys(rng, gaps="both", *, groups=None, levels="float64"):
    """Three keys, of which the first two (or one of them) have gaps; some combinations do not occur."""
    first, second, third = DAYS[:3] if groups == "datetime64[ns]" else "abc"
    pairs = [(first, 1), (first, 2), (second, 2), (second, 10), (third, 1)]
    pairs += [(first, None), (third, None)] if gaps in ("both", "second") else []
    pairs += [(None, 1), (None, 10), (None, None)] if gaps == "both" else []
    cells = labelled(pairs)
    rows = len(cells)
    level, group = (pd.Series([cell[at] for cell in cells], dtype=dtype) for at, dtype in ((1, levels), (0, groups)))
    half = [1 + at % 2 for at in range(rows)]
    frame = pd.DataFrame({"level": level, "group": group, "half": half, "score": values(rng, rows)})
    return shuffled(rng, frame, [rows - 1, cells.index((third, 1))])


def gappy(rng, dtype):
    """Missing keys and missing values, zeros among the values, and other columns with gaps.

    The groups: some values missing; all missing; none missing, some 0; all 0; negative; and no key.
    """
    some = rng.choice(np.arange(1.0, 20.0), size=8, replace=False) + (0 if dtype == "Int64" else 0.125)
    groups = {"a": [*some[:2], None], "b": [None, None], "c": [0.0, *some[2:4]], "d": [0.0, None]}
    groups |= {"e": [*-some[4:6], None], None: [None, *some[6:]]}
    cells = [(label, value) for label, inside in groups.items() for value in inside]
    rows = range(len(cells))
    frame = pd.DataFrame(
        {
            "kind": [label for label, _ in cells],
            "half": [1 + at % 2 for at in rows],
            "amount": pd.Series([value for _, value in cells], dtype="Float64").astype(dtype),
            "other": [np.nan if at % 3 == 1 else 1.0 for at in rows],
            "note": [None if at % 2 else "seen" for at in rows],
        }
    )
    return shuffled(rng, frame, [len(rows) - 1, len(rows) - 4])


def table(cells, *names, **dtypes):
    """A frame of these rows; a dtype may be given by a column's name."""
    columns = {name: [row[at] for row in cells] for at, name in enumerate(names)}
    return pd.DataFrame({name: pd.Series(cells, dtype=dtypes.get(name)) for name, cells in columns.items()})


def rows(*columns, most=2, least=1):
    """A few rows, each cell one of those that its column may hold."""
    return st.lists(st.tuples(*map(st.sampled_from, columns)), min_size=least, max_size=most)


def small(frames, *keys, keep_na=None):
    """Calls on these frames, with one of the keys, and with `keep_na` as given or either way."""

    def made(frame, key, keep):
        return call(frame, key, "v", keep_na=True) if keep else call(frame, key, "v")

    either = st.booleans() if keep_na is None else st.just(keep_na)
    return st.builds(made, frames, st.sampled_from(keys or ("k",)), either)


def frames(keys, values, *, most=2, least=1, **dtypes):
    """Small frames of one key, k, and one value, v."""
    return rows(keys, values, most=most, least=least).map(lambda cells: table(cells, "k", "v", **dtypes))


def of_any_kind(values):
    """Tables with a key of text, of dates, of whole numbers."""
    dates = frames((*map(pd.Timestamp, ("2021-08-09", "2021-08-10")), None), values, k="datetime64[ns]")
    # What lies in the middle is not the mean.
    skewed = st.just(table([("a", 0.0), ("a", 0.0), ("a", 1.0)], "k", "v"))
    return frames(("a", "b", None), values, least=2) | dates | frames((2, 10, None), values, k="Int64") | skewed
