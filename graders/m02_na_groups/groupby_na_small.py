"""Small tables, as strategies of calls, that show a learner the mistake: a few rows, a few labels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from hypothesis import strategies as st

from winnow.checks import Call, call

DATES = (pd.Timestamp("2021-08-09"), pd.Timestamp("2021-08-10"), None)


def rows(*columns: Sequence[Any], most: int = 3, least: int = 1) -> st.SearchStrategy[list[tuple[Any, ...]]]:
    """A few rows, each cell one of those that its column may hold."""
    return st.lists(st.tuples(*map(st.sampled_from, columns)), min_size=least, max_size=most)


def table(cells: list[tuple[Any, ...]], *names: str, **dtypes: str) -> pd.DataFrame:
    """A frame of these rows; a dtype may be given by a column's name."""
    columns = {name: [row[at] for row in cells] for at, name in enumerate(names)}
    return pd.DataFrame({name: pd.Series(cells, dtype=dtypes.get(name)) for name, cells in columns.items()})


def _one(cells: list[tuple[Any, ...]], keep_na: bool = False, **dtypes: str) -> Call:
    frame = table(cells, "k", "v", **dtypes)
    return call(frame, "k", "v", keep_na=True) if keep_na else call(frame, "k", "v")


def one_key() -> st.SearchStrategy[Call]:
    """One key, missing here and there and left out; values that may be equal."""
    numbers = (1, 2.5, 0.125)
    text = rows(("b", "a", None), numbers).map(_one)
    dates = rows(DATES, numbers).map(lambda cells: _one(cells, k="datetime64[ns]"))
    whole = rows((2, 10, None), numbers).map(lambda cells: _one(cells, k="Int64"))
    return text | dates | whole


def kept() -> st.SearchStrategy[Call]:
    """One key whose gaps form a group, and tables without any gap."""
    text = rows(("b", "a", None), (1, 2)).map(lambda cells: _one(cells, keep_na=True))
    dates = rows(DATES, (1, 2)).map(lambda cells: _one(cells, keep_na=True, k="datetime64[ns]"))
    whole = rows((2, 10, None), (1, 2)).map(lambda cells: _one(cells, keep_na=True, k="Int64"))
    return text | dates | whole


def two_keys() -> st.SearchStrategy[Call]:
    """Two keys, each with gaps. Three rows, because pandas takes a list as long as the table for labels."""
    cells = rows(("b", "a", None), (2, 10, None), (1, 2), least=3, most=4)
    frames = cells.map(lambda cells: table(cells, "k", "m", "v", m="Int64"))
    return st.builds(lambda frame, keep: call(frame, ["k", "m"], "v", keep_na=keep), frames, st.booleans())


def missing_values() -> st.SearchStrategy[Call]:
    """Values that are missing or 0, here and there or in a whole group."""
    floats = rows(("a", "b", None), (1.0, 0.0, None)).flatmap(
        lambda cells: st.booleans().map(lambda keep: _one(cells, keep, v="float64"))
    )
    beside = rows(("a", "b"), (1.0,), (None, "seen")).map(lambda cells: table(cells, "k", "v", "note"))
    return floats | beside.map(lambda frame: call(frame, "k", "v"))


def odd_labels() -> st.SearchStrategy[Call]:
    """Keys that look missing, or equal, and are not."""
    words = ("a", "a ", "A", "", "nan", "None", "missing", None)
    numbers = (0, -1, 2, 10, None)

    def calls(pool: Sequence[Any], dtype: str | None) -> st.SearchStrategy[Call]:
        dtypes = {"k": dtype} if dtype else {}
        cells = rows(pool, (1, 2))
        return cells.flatmap(lambda cells: st.booleans().map(lambda keep: _one(cells, keep, **dtypes)))

    return calls(words, None) | calls(numbers, "Int64")


def categories() -> st.SearchStrategy[Call]:
    """Ordered and unordered categories, one of which never occurs."""

    def frame(cells: list[tuple[Any, ...]], ordered: bool) -> pd.DataFrame:
        kind = pd.CategoricalDtype(["low", "mid", "high"], ordered=ordered)
        return table(cells, "k", "v").astype({"k": kind})

    frames = st.builds(frame, rows(("low", "high", None), (1, 2)), st.booleans())
    return st.builds(lambda frame, keep: call(frame, "k", "v", keep_na=keep), frames, st.booleans())


def unknown_columns() -> st.SearchStrategy[Call]:
    """A column that is not there, as key or as value."""
    frame = table([("a", 1), ("b", 2), ("a", 3)], "k", "v")
    names = [("k", "v"), ("key", "v"), ("k", "value"), (["k", "key"], "v"), (["key"], "v")]
    return st.sampled_from(names).map(lambda pair: call(frame, *pair))


def empty_results() -> st.SearchStrategy[Call]:
    """No rows, or none with a key."""
    frames = [
        table([("a", 1.0)], "k", "v"),
        table([("a", 1.0)], "k", "v")[:0],
        table([(None, 1.0), (None, 2.0)], "k", "v", k="float64"),
    ]
    return st.builds(
        lambda frame, keep: call(frame, "k", "v", keep_na=keep), st.sampled_from(frames), st.booleans()
    ).filter(lambda one: len(one.args[0]) < 2 or not one.kwargs["keep_na"])


def infinities() -> st.SearchStrategy[Call]:
    """Infinity as a value and as a key."""
    inf = float("inf")
    return rows((1.0, inf), (1.0, inf), most=2).map(_one)


def changes() -> st.SearchStrategy[Call]:
    """Tables that are easily changed on the way: gaps in keys and values, rows out of order."""
    cells = rows(("b", "a", None), (1.0, None), least=2)
    frames = cells.map(lambda cells: table(cells, "k", "v", v="float64"))
    keys = st.sampled_from(["k", ["k"]])
    keep = st.booleans()
    return st.builds(lambda frame, key, keep: call(frame, key, "v", keep_na=keep), frames, keys, keep)


def row_labels() -> st.SearchStrategy[Call]:
    """Rows whose own labels are not 0, 1, 2 ..."""

    def relabelled(cells: list[tuple[Any, ...]], labels: list[Any]) -> Call:
        return call(table(cells, "k", "v").set_axis(labels[: len(cells)]), "k", "v")

    return st.builds(relabelled, rows(("a", "b"), (1, 2), least=2), st.sampled_from([[1, 0, 2], [7, 7, 7]]))
