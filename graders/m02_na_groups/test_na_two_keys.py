"""Hidden checks of na_two_keys."""

from dataclasses import replace
from numbers import Number

import numpy as np
import pandas as pd
import pytest
from pandas.api.types import is_numeric_dtype

from winnow.checks import call, judges, same
from winnow.checks.recipes import asked


def cells(call, got, want):
    """Labels of rows and columns in their order, any missing one as None, and the sums; dtypes and names are free."""
    if not isinstance(got.value, pd.DataFrame) or want.raised is not None:
        return same(got, want)
    if got.value.empty or want.value.empty:
        if got.value.empty != want.value.empty:
            return "the rows that are left are others"
        return same(replace(got, value=None), replace(want, value=None))
    for axis, kind in enumerate(("rows", "columns")):
        if _labels(got.value, axis) != _labels(want.value, axis):
            return f"the {kind} are not one per key, sorted, with the missing key last"
    if not all(pd.isna(cell) or isinstance(cell, Number) for cell in got.value.astype(object).to_numpy().flat):
        return "the cells hold something else than numbers"
    return same(replace(got, value=_numbers(got.value)), replace(want, value=_numbers(want.value)))


def numeric(call, got, want):
    """The same, and a numeric dtype."""
    kinds = got.value.dtypes if isinstance(got.value, pd.DataFrame) else ()
    strange = [f"the sums are of dtype {kind}, which is not numeric" for kind in kinds if not is_numeric_dtype(kind)]
    return cells(call, got, want) or next(iter(strange), None)


def _labels(frame, axis):
    return [_label(one) for one in frame.axes[axis]]


def _numbers(frame):
    rows = frame.astype(object).to_numpy()
    return np.array([[np.nan if pd.isna(cell) else float(cell) for cell in row] for row in rows])


def _label(label):
    if isinstance(label, tuple) and len(label) == 1:
        label = label[0]
    if not isinstance(label, str | tuple) and pd.isna(label):
        return None
    return float(label) if isinstance(label, int | float | np.integer | np.floating) else label


def table(rows, columns, values, dtypes=(None, None)):
    made = {"r": rows, "c": columns, "v": values}
    for name, dtype in zip("rc", dtypes, strict=True):
        if dtype is not None:
            made[name] = pd.Series(made[name], dtype=dtype)
    return pd.DataFrame(made)


def drawn(rng, size, text=("b", "a", "d", "c"), numbers=(3, 1, 2), missing=0.2, values=True):
    """Keys that are missing here and there and in no order; some pairs never occur, some only without a value."""
    r, c = rng.integers(0, len(text), size), rng.integers(0, len(numbers), size)
    keep = (r + 2 * c) % 5 != 1
    r, c = r[keep], c[keep]
    size = len(r)
    v = rng.uniform(-99, 99, size)
    if values:
        v[(r == 0) & (c == 0)] = np.nan
        v[rng.random(size) < 0.15] = np.nan
    gone = rng.random((2, size)) < missing
    gone[:, :3] = [[True, False, True], [False, True, True]]
    rows = [None if g else text[one] for one, g in zip(r, gone[0], strict=True)]
    columns = [None if g else numbers[one] for one, g in zip(c, gone[1], strict=True)]
    return table(rows, columns, v)


def left_out(rng):
    yield call(drawn(rng, 40), "r", "c", "v")
    df = drawn(rng, 20)
    # Rows have labels of their own, which they keep.
    df.index = rng.permutation(len(df)) + 5
    yield call(df, "r", "c", "v", keep_na=False)
    # And which repeat: what is left out goes by the row.
    df = drawn(rng, 20)
    yield call(df.set_axis(np.arange(len(df)) % 3), "r", "c", "v")
    # Keys that occur only beside a missing one; the plain pandas way then leaves the other columns as first seen.
    yield call(table(["a", None, "b", "c"], ["y", "z", "x", None], [1, 2, 4, 8]), "r", "c", "v")


def kept(rng):
    yield call(drawn(rng, 40), "r", "c", "v", keep_na=True)
    # A column key that occurs only beside a missing row key comes in its place all the same.
    yield call(table(["b", None, "a", None], ["z", "a", "m", None], [1.0, 2.0, 4.0, 8.0]), "r", "c", "v", True)
    # Missing in rows alone, in columns alone; texts that look like missing ones.
    yield call(table(["a", None, "a"], ["x", "y", "x"], [1.0, 2.0, 4.0]), "r", "c", "v", True)
    yield call(table(["a", "b", "a"], ["y", None, "x"], [1.0, 2.0, 4.0]), "r", "c", "v", True)
    looks = [
        "nan",
        None,
        "None",
        "",
        "NA",
        "missing",
        "<NA>",
        "Missing",
        "__missing__",
        "unknown",
        "zzz",
        "ZZZ",
        "x",
        "x ",
    ]
    # Texts are sorted as texts, also those that look like numbers.
    yield call(table(["10", "9", None, "100"], ["9", "-1", "10", "-1"], [1.0, 2.0, 4.0, 8.0]), "r", "c", "v", True)
    others = ["nan", None, "NA", None, "NA", None, "x", *looks[:-8:-1]]
    yield call(table(looks, others, 2.0 ** np.arange(len(looks))), "r", "c", "v", True)


def absent(rng):
    """Pairs that never occur are NaN, those that occur without a value are 0."""
    nan = np.nan
    a, b, c, d = rng.integers(2, 99, 4).astype(float)
    yield call(table(list("aabbcdd"), list("xyyyzww"), [a, nan, nan, nan, c, -b, b]), "r", "c", "v")
    yield call(table(["a", "a", None], ["x", None, None], [nan, nan, d]), "r", "c", "v", True)
    yield call(table(["a", "b"], ["x", "y"], [nan, nan]), "r", "c", "v")
    # What a pair holds counts in no other, however large it is.
    yield call(table(["a", "a", "b", "b"], ["x", "y", "x", "z"], [1e17, b, c, d]), "r", "c", "v")


def dtypes(rng):
    size = 12
    whole, halves = rng.integers(8, 12, size), rng.integers(0, 3, size) / 2
    v = rng.integers(1, 99, size)
    yield call(table(whole, halves, v), "r", "c", "v")
    floats = np.where(np.arange(size) % 4 == 0, np.nan, halves)
    yield call(table(floats, list("abcabcabcabc"), v.astype(float)), "r", "c", "v", True)
    nullable = [None if at % 5 == 0 else int(one) for at, one in enumerate(whole)]
    yield call(table(nullable, list("babacbabacba"), v, ("Int64", None)), "r", "c", "v", True)
    texts = [None if at % 5 == 1 else one for at, one in enumerate("cbacbacbacba")]
    for keep_na in (False, True):
        yield call(table(texts, nullable, pd.array(v, dtype="Int64"), ("string", "Int64")), "r", "c", "v", keep_na)
    # A sum may be larger than what the dtype of the values holds.
    narrow = rng.integers(70, 99, size).astype(np.int8)
    yield call(table(list("ab" * 6), list("xxyy" * 3), narrow), "r", "c", "v")
    # None and NaN are one missing key, and '' is none.
    texts[6:8] = np.nan, ""
    yield call(table(texts, list("xyzxyzxyzxyz"), v, ("object", "object")), "r", "c", "v", True)
    stand_ins = [-1.0, np.nan, 0.0, -999.0, 999.0, -9999.0, 9999.0, np.inf]
    yield call(table(stand_ins, [np.nan, *stand_ins[:0:-1]], v[:8]), "r", "c", "v", True)


def edges(rng):
    """No row left, no row at all, one row; other columns, another index; row and column the other way round."""
    yield call(table([None, "a"], ["x", None], [1.0, 2.0]), "r", "c", "v")
    for keep_na in (False, True):
        yield call(drawn(rng, 10)[:0], "r", "c", "v", keep_na)
    yield call(table(["a"], ["x"], [3.0]), "r", "c", "v", True)
    df = drawn(rng, 16)
    df.index = [7] * len(df)
    df["other"] = 1.0
    yield call(df, "c", "r", "v", True)


def unknown(rng):
    df = drawn(rng, 12)
    for *names, keep_na in (
        ("R", "c", "v", False),
        ("r", "C", "v", True),
        ("r", "c", "w", False),
        ("r", "c", "v", True),
    ):
        yield call(df, *names, keep_na)
    yield call(df[:0], "r", "C", "v")
    yield call(df[:0], "r", "c", "w", True)


NAN = float("nan")
TINY = [
    table(["a", "b"], ["x", "x"], [1.0, 2.0]), table(["a", "a"], ["x", "x"], [1.0, 2.0]),
    table(["a", "b"], ["x", "y"], [1.0, 2.0]), table(["a", "a"], ["x", "y"], [1.0, NAN]),
    table(["a", None], ["x", "x"], [1.0, 2.0]), table(["a", "a"], ["x", None], [1.0, 2.0]),
    table(["a", None], ["x", None], [1.0, 2.0]), table(["b", "a"], ["x", "x"], [1.0, 2.0]),
    table(["a", "a"], ["y", "x"], [1.0, 2.0]), table(["a", None], ["y", "x"], [1.0, 2.0]),
    table([10, 9], ["x", "x"], [1.0, 2.0]), table(["a", "nan", None], ["x", "x", "x"], [1.0, 2.0, 4.0]),
    table(["a", "a", "b"], ["x", "x", "y"], [1.0, 2.0, NAN]), table(["a", "b"], [10, 9], [1.0, 2.0]),
    table([None, None], ["x", "y"], [1.0, 2.0]), table(["a"], ["x"], [NAN]),
    table(["a", "", None], ["x", "x", "x"], [1.0, 2.0, 4.0]), table(["a", "b"], ["x", "x"], [1, 2]),
    table(["a", None, "a", None], ["x", "x", None, None], [1.0, 2.0, 4.0, 8.0]),
    table(["a", "b"], ["x", "y"], [NAN, NAN]), table([2, 1], ["x", "x"], [1.0, 2.0], ("Int64", None)),
    table(["a", None, "b"], ["y", "z", "x"], [1.0, 2.0, 4.0]), table(["a", "a"], ["x", "x"], [0.5, 1.0]),
    table([-1.0, np.nan], ["x", "x"], [1.0, 2.0]), table(["a", "missing", None], ["x", "x", "x"], [1.0, 2.0, 4.0]),
    table(["a", "b"], ["x", "x"], [1.0, 2.0]).set_axis([5, 3]),
    table(["a"], ["x"], [1.0])[:0], table(["a", "a", "b"], [None, NAN, "x"], [1.0, 2.0, 4.0], (None, "object")),
]  # fmt: skip
SMALL = [call(df, "r", "c", "v", *more) for df in TINY for more in ((), (True,))]
SMALL += [call(table(["a", "a"], ["x", "y"], [1e17, 1.0]), "r", "c", "v")]
SMALL += [call(table(["a", "b"], ["x", "x"], [-1.0, 2.0]), "r", "c", "v")]
SMALL += [call(table(["10", "9"], ["x", "x"], [1.0, 2.0]), "r", "c", "v")]
SMALL += [
    call(table(rows, ["x", "x"], [1.0, 2.0]), "r", "c", "v", True) for rows in (["zzz", None], [float("inf"), NAN])
]
SMALL += [call(table(["a", "a"], ["x", "x"], np.array([100, 90], dtype=np.int8)), "r", "c", "v")]
BAD = [call(TINY[0], *names) for names in (("R", "c", "v"), ("r", "C", "v"), ("r", "c", "w"), ("r", "c", "v"))] + [
    call(TINY[2], "r", "c", "v", True), call(TINY[0][:0], "R", "c", "v"), call(TINY[0][:0], "r", "c", "w"),
]  # fmt: skip


@pytest.mark.points(1.5)
def test_rows_left_out(na_two_keys, agree):
    """a row with a missing key is left out, as is a key that occurs only there; nothing given or global is changed"""
    agree(na_two_keys, **asked(left_out, SMALL), judge=cells, unchanged=True, alone=True)


@pytest.mark.points(1.5)
def test_missing_keys_kept(na_two_keys, agree):
    """with keep_na=True the missing key has a row and a column of its own, the last; df is not changed"""
    agree(na_two_keys, **asked(kept, SMALL), judge=cells, unchanged=True)


@pytest.mark.points(1.25)
def test_absent_and_empty_pairs(na_two_keys, agree):
    """a pair that does not occur is NaN, one that occurs without a value is 0"""
    agree(na_two_keys, **asked(absent, SMALL), judge=cells)


@pytest.mark.points(0.75)
def test_kinds_of_keys(na_two_keys, agree):
    """keys of text, whole, real and nullable numbers; the sums have a numeric dtype, and df its own"""
    agree(na_two_keys, **asked(dtypes, SMALL), judge=numeric, unchanged=True)


@pytest.mark.points(1)
@pytest.mark.edge
def test_few_rows(na_two_keys, agree):
    """no row left, one row, another index, keys given the other way round"""
    agree(na_two_keys, **asked(edges, SMALL), judge=cells)


@pytest.mark.points(1)
@pytest.mark.edge
def test_unknown_columns(na_two_keys, agree):
    """a column that is not there: KeyError"""
    agree(na_two_keys, **asked(unknown, BAD), judge=judges.refusal)
