"""Hidden checks of na_transform."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from winnow.checks import call, judges, same
from winnow.checks.recipes import asked


def entries(call, got, want):
    """The index in its order, and the numbers, missing ones as NaN; the name and nullable Float64 are free."""
    if isinstance(got.value, pd.Series) and want.raised is None:
        if str(got.value.dtype) not in ("float64", "Float64"):
            return f"the dtype of the result is {got.value.dtype} and should be float64"
        got, want = _plain(got), _plain(want)
    return same(got, want, rtol=1e-7, atol=1e-9)


def _plain(seen):
    numbers = seen.value.to_numpy(dtype=np.float64, na_value=np.nan)
    return replace(seen, value={"index": list(seen.value.index), "values": numbers})


def table(keys, values, index=None, dtype=None):
    return pd.DataFrame({"k": keys, "v": pd.Series(values, dtype=dtype) if dtype else values}).set_axis(
        range(len(keys)) if index is None else index, axis=0
    )


def drawn(rng, size, missing=0.2, kind="text", values="float"):
    """A table whose keys are missing here and there, in no order; every group is there twice at least."""
    number = rng.permutation(np.arange(size) % 4)
    gone = rng.random(size) < missing
    gone[rng.choice(size, 2, replace=False)] = True
    labels = np.array(["b", "a", "d", "nan"], dtype=object)[number]
    keys = {
        "text": np.where(gone, None, labels),
        "number": np.where(gone, np.nan, number * 1.5),
        "category": pd.Categorical(np.where(gone, None, labels), categories=["d", "unused", "nan", "b", "a"]),
        "nullable": pd.array(np.where(gone, pd.NA, number), dtype="Int64"),
    }[kind]
    floats = rng.normal(5 * (number + 1), 1.0)
    if values == "float":
        return table(keys, np.where(rng.random(size) < 0.15, np.nan, floats))
    if values == "int":
        return table(keys, np.rint(floats).astype(np.int64))
    whole = pd.array(np.rint(floats).astype(int), dtype="Int64")
    whole[rng.integers(size)] = pd.NA
    return table(keys, whole if values == "Int64" else pd.array(whole, dtype="Float64"))


LOOKS_MISSING = [
    *("nan", None, "None", "", None, "nan", "<NA>", "NA", "N/A", "NaN", "null", "missing", "Missing", "MISSING"),
    *("__missing__", "__MISSING__", "__NA__", "__na__", "__nan__", "unknown", "-1", " "),
]


def left_out(rng):
    for kind in ("text", "number", "category"):
        yield call(drawn(rng, 16, kind=kind), "k", "v")
    yield call(drawn(rng, 12).rename(columns={"k": "size", "v": "mean"}), "size", "mean", keep_na=False)


def kept(rng):
    for kind in ("number", "category", "nullable"):
        yield call(drawn(rng, 16, kind=kind), "k", "v", keep_na=True)
    # A key that looks like a missing one, or like a stand-in for it, is none.
    for keys in (
        LOOKS_MISSING,
        [-1.0, np.nan, -1.0, 0.0, np.nan, 4.0, -999.0, 999.0, -9999.0, 9999.0, np.inf, -np.inf],
    ):
        yield call(table(keys, rng.normal(size=len(keys))), "k", "v", keep_na=True)
    # None and NaN are one missing key, and '' is none.
    keys = pd.Series(["a", None, np.nan, "a", "", ""], dtype=object)
    yield call(table(keys, rng.normal(size=6)), "k", "v", keep_na=True)


def dtypes(rng):
    for values, keep_na in (("int", True), ("Int64", True), ("Float64", False)):
        yield call(drawn(rng, 14, values=values), "k", "v", keep_na)
    yield call(drawn(rng, 14, kind="nullable"), "k", "v")


def indices(rng):
    """Labels that repeat, that are unsorted, that are text or dates; the frame has other columns, too."""
    dates = pd.to_datetime("2024-01-01") + pd.to_timedelta(rng.permutation(12), "D")
    labels = (
        rng.permutation(12),
        rng.integers(0, 4, 12),
        [f"row {i % 5}" for i in range(12)],
        dates,
        dates.tz_localize("UTC"),
    )
    for at, index in enumerate(labels):
        keep_na = at % 2 == 1
        df = drawn(rng, 12, kind="category" if at == 1 else "text").set_axis(index, axis=0)
        df["other"] = np.arange(12)
        yield call(df[["other", "v", "k"]], "k", "v", keep_na)
    yield call(drawn(rng, 12, values="int"), "k", "v")
    yield call(drawn(rng, 12, kind="nullable", values="Int64"), "k", "v")


def gaps(rng):
    """Groups whose values are all missing; all keys missing; none missing; one row."""
    yield call(table(["a", "a", "b", "b", None, None], [np.nan, np.nan, 1.0, np.nan, np.nan, np.nan]), "k", "v")
    yield call(
        table(["a", "a", "b", "b", None, None], [np.nan, np.nan, 1.0, 4.0, np.nan, np.nan]), "k", "v", keep_na=True
    )
    for keep_na in (False, True):
        yield call(table([None, None, None], rng.normal(size=3)), "k", "v", keep_na)
    yield call(table(["a", "b", "a"], [0.0, *rng.normal(size=2)]), "k", "v")
    yield call(table(["a"], rng.normal(size=1)), "k", "v", True)
    # What a group holds counts in no other, however large it is.
    yield call(table(["a", "b", "c", "b"], [1e17, *rng.normal(size=3)]), "k", "v")
    yield call(drawn(rng, 8)[:0], "k", "v", True)


def unknown(rng):
    df = drawn(rng, 8)
    for key, value, keep_na in (("K", "v", False), ("k", "w", True), ("x", "y", False)):
        yield call(df, key, value, keep_na)
    yield call(df[:0], "K", "v")
    yield call(df[:0], "k", "w", True)
    yield call(df, "k", "v")
    yield call(df[:0], "k", "v")


TINY = [
    table(["a", "a", "a"], [1.0, 2.0, 6.0]), table(["a", "a", None], [1.0, 3.0, 5.0]),
    table(["a", None, None], [1.0, 3.0, 5.0]), table(["b", "a", "b"], [1.0, 5.0, 4.0]),
    table(["a", "a"], [1.0, np.nan]), table(["a", "a", "b"], [np.nan, np.nan, 1.0]), table(["nan", None], [1.0, 2.0]),
    table([1.0, np.nan, 1.0], [1.0, 2.0, 5.0]), table(["a", None, "a"], [1, 2, 4]),
    table(["a", None, "a"], pd.array([1, 2, None], dtype="Int64")),
    table(["a", "b", "a"], [1.0, 2.0, 5.0], index=[7, 3, 3]), table([None, None], [1.0, 2.0]),
    table(["", None, ""], [1.0, 2.0, 4.0]), table([-1.0, np.nan], [1.0, 3.0]),
    table(pd.Categorical(["a", None, "a"], categories=["b", "a"]), [1.0, 2.0, 4.0]),
    table(["None", None], [1.0, 3.0]), table(["a"], [2.0])[:0],
    table(["a", "a"], pd.array([1.5, 2.0], dtype="Float64")), table(["a", "a"], [0.0, 2.0]),
    table(["missing", None], [1.0, 3.0]), table(["NA", None], [1.0, 3.0]),
    table(pd.Series(["a", None, np.nan], dtype=object), [1.0, 2.0, 4.0]), table(["a", "a"], [1, 2]),
]  # fmt: skip
SMALL = [call(df, "k", "v", *more) for df in TINY for more in ((), (True,))]
SMALL += [call(table(["a", "b"], [1e17, 1.0]), "k", "v")]
SMALL += [call(table(["", "a"], [1.0, 2.0]).astype({"k": object}), "k", "v")]
SMALL += [call(table(keys, [1.0, 3.0]), "k", "v", True) for keys in ([-999, None], [-1, None], [0, None])]
SMALL += [call(table(["a", "b"], [1.0, 2.0], index=pd.to_datetime(["2024-01-02", "2024-01-01"], utc=True)), "k", "v")]
BAD = [call(TINY[0], key, value) for key, value in (("K", "v"), ("k", "w"), ("k", "v"))] + [
    call(TINY[0][:0], "k", "w"),
    call(TINY[0][:0], "K", "v"),
    call(TINY[0][:0], "k", "v"),
]


@pytest.mark.points(1.5)
def test_rows_without_a_key(na_transform, agree):
    """each value minus the mean of its group, row by row; a row without a key is NaN"""
    agree(na_transform, **asked(left_out, SMALL), judge=entries)


@pytest.mark.points(1.5)
def test_rows_without_a_key_are_a_group(na_transform, agree):
    """with keep_na=True they are one group of their own; "nan", "" and -1 are keys like others"""
    agree(na_transform, **asked(kept, SMALL), judge=entries)


@pytest.mark.points(1)
def test_whole_and_nullable_numbers(na_transform, agree):
    """int64, Int64 and Float64 columns give float64 entries"""
    agree(na_transform, **asked(dtypes, SMALL), judge=entries)


@pytest.mark.points(1)
def test_the_index_of_df(na_transform, agree):
    """the result has df's index in df's order, whatever the labels; neither df nor anything global is changed"""
    judge = judges.because("the index is that of df, whose labels may repeat: put results back by place", entries)
    agree(na_transform, **asked(indices, SMALL), judge=judge, unchanged=True, alone=True)


@pytest.mark.points(1)
@pytest.mark.edge
def test_gaps(na_transform, agree):
    """groups without any value, values of 0, keys all missing or all there, one row, no row"""
    agree(na_transform, **asked(gaps, SMALL), judge=entries)


@pytest.mark.points(1)
@pytest.mark.edge
def test_unknown_columns(na_transform, agree):
    """a column that is not there: KeyError"""
    agree(na_transform, **asked(unknown, BAD), judge=judges.refusal)
