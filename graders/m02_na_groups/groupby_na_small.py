"""Small tables, as strategies of calls, that show a learner the mistake: a few rows, a few labels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from hypothesis import strategies as st

from winnow.checks import Call, call

DATES = (pd.Timestamp("2021-08-09"), pd.Timestamp("2021-08-10"), None)


def rows(*columns: Sequence[Any], most: int = 2, least: int = 1) -> st.SearchStrategy[list[tuple[Any, ...]]]:
    """A few rows, each cell one of those that its column may hold."""
    return st.lists(st.tuples(*map(st.sampled_from, columns)), min_size=least, max_size=most)


def table(cells: list[tuple[Any, ...]], *names: str, **dtypes: str) -> pd.DataFrame:
    """A frame of these rows; a dtype may be given by a column's name."""
    columns = {name: [row[at] for row in cells] for at, name in enumerate(names)}
    return pd.DataFrame({name: pd.Series(cells, dtype=dtypes.get(name)) for name, cells in columns.items()})


def _call(frame: pd.DataFrame, key: Any, keep_na: bool) -> Call:
    return call(frame, key, "v", keep_na=True) if keep_na else call(frame, key, "v")


def _calls(frames: st.SearchStrategy[pd.DataFrame], *keys: Any, keep_na: bool | None = None) -> st.SearchStrategy[Call]:
    """Calls on these frames, with one of the keys, and with `keep_na` as given or either way."""
    either = st.booleans() if keep_na is None else st.just(keep_na)
    return st.builds(_call, frames, st.sampled_from(keys or ("k",)), either)


def _frames(keys: Sequence[Any], values: Sequence[Any], **dtypes: str) -> st.SearchStrategy[pd.DataFrame]:
    return rows(keys, values).map(lambda cells: table(cells, "k", "v", **dtypes))


def _of_any_kind(values: Sequence[Any]) -> st.SearchStrategy[pd.DataFrame]:
    """Tables with a key of text, of dates, of whole numbers."""
    text = rows(("a", "b", None), values, least=2).map(lambda cells: table(cells, "k", "v"))
    dates = _frames(DATES, values, k="datetime64[ns]")
    # What lies in the middle is not the mean.
    skewed = st.just(table([("a", 0.0), ("a", 0.0), ("a", 1.0)], "k", "v"))
    return text | dates | _frames((2, 10, None), values, k="Int64") | skewed


def one_key() -> st.SearchStrategy[Call]:
    """One key, missing here and there and left out; values that may be equal."""
    return _calls(_of_any_kind((1, 2.5, 0.125)), keep_na=False)


def kept() -> st.SearchStrategy[Call]:
    """One key whose gaps form a group, and tables without any gap."""
    return _calls(_of_any_kind((1, 2, 0.125)), keep_na=True)


def two_keys() -> st.SearchStrategy[Call]:
    """Two keys, each with gaps. Three rows, because pandas takes a list as long as the table for labels."""
    cells = rows(("a", "b", None), (2, 10, None), (1, 0.125), least=3, most=3)
    return _calls(cells.map(lambda cells: table(cells, "k", "m", "v", m="Int64")), ["k", "m"])


def missing_values() -> st.SearchStrategy[Call]:
    """Values that are missing or 0, here and there or in a whole group."""
    beside = rows(("a", "b"), (1.0, 2.0), (None, "seen")).map(lambda cells: table(cells, "k", "v", "note"))
    return _calls(_frames(("a", "b", None), (1.0, 0.0, 0.125, None), v="float64") | beside)


def odd_labels() -> st.SearchStrategy[Call]:
    """Keys that look missing, or equal, and are not."""
    # Few labels at a time, so that those which are taken for one another meet in the few tables that are tried.
    words = [("a", "a "), ("a", "A"), ("", None), ("nan", None), ("None", None), ("missing", None)]
    numbers = [(0, None), (-1, None), (2, 10)]
    text = [_frames(pair, (1, 2, 0.125)) for pair in words]
    return _calls(st.one_of(*text, *(_frames(pair, (1, 2), k="Int64") for pair in numbers)))


def categories() -> st.SearchStrategy[Call]:
    """Ordered and unordered categories, one of which never occurs."""

    def categorical(frame: pd.DataFrame, ordered: bool) -> pd.DataFrame:
        return frame.astype({"k": pd.CategoricalDtype(["low", "mid", "high"], ordered=ordered)})

    return _calls(st.builds(categorical, _frames(("low", "high", None), (1, 0.125)), st.booleans()))


def unknown_columns() -> st.SearchStrategy[Call]:
    """A column that is not there, as key or as value."""
    frame = table([("a", 1), ("b", 0.125), ("a", 3)], "k", "v")
    names = [("k", "v"), ("key", "v"), ("k", "value"), (["k", "key"], "v"), (["key"], "v")]
    wrong = [call(frame, *pair) for pair in names]
    return st.sampled_from([*wrong, call(frame[:0], "k", "value"), call(frame[:0], "key", "v")])


def empty_results() -> st.SearchStrategy[Call]:
    """No rows, or none with a key."""
    some = table([("a", 0.125)], "k", "v")
    return _calls(st.sampled_from([some, some[:0]])) | _calls(
        st.just(table([(None, 1.0), (None, 2.0)], "k", "v", k="float64")), keep_na=False
    )


def infinities() -> st.SearchStrategy[Call]:
    """Infinity as a value and as a key."""
    numbers = (1.0, float("inf"), 0.125)
    return _calls(_frames(numbers, numbers), keep_na=False)


def changes() -> st.SearchStrategy[Call]:
    """Tables that are easily changed on the way: gaps in keys and values, rows out of order."""
    cells = rows(("b", "a", None), (1.0, 0.125, None), least=2)
    return _calls(cells.map(lambda cells: table(cells, "k", "v", v="float64")), "k", ["k"])


def row_labels() -> st.SearchStrategy[Call]:
    """Rows whose own labels are not 0, 1, 2 ..."""
    cells = rows(("a", "b", None), (1, 0.125), least=2)
    labels = st.sampled_from([[1, 0], [7, 7]])
    frames = st.builds(lambda cells, labels: table(cells, "k", "v").set_axis(labels), cells, labels)
    return _calls(frames)
