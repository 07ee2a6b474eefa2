"""Whether two tables of groups say the same, whatever the statement leaves free.

Free are the dtype and the names of the index, an index or a one-level MultiIndex for one key, integer, float
or nullable columns, NaN or NA as a mean, and whether unordered categories go by position or by value.
"""

from __future__ import annotations

import datetime
import itertools
import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from winnow.checks import Call, Incomparable, Observation, close, same

COLUMNS = ["size", "count", "sum", "mean"]
PARAMETERS = ["df", "key", "value", "keep_na"]

Label = tuple[Any, ...]


@dataclass(frozen=True)
class Groups:
    """A table in plain terms: per group its label, None for a missing key, and per column its numbers."""

    labels: list[Label]
    numbers: dict[str, list[float]]


def judge(call: Call, got: Observation, want: Observation) -> str | None:
    """None when `got` is as right as `want`, else a sentence that says what kind of thing differs."""
    if got.raised is not None or want.raised is not None:
        return same(got, want)
    if got.changed != want.changed:
        places = [PARAMETERS[place] if isinstance(place, int) else place for place in got.changed]
        return f"the call changed {', '.join(places) or 'nothing'}"
    if isinstance(got.value, Incomparable):
        return close(got.value, want.value)
    keys = _keys(call)
    ours, theirs = _read(got.value, len(keys)), _read(want.value, len(keys))
    if isinstance(ours, str):
        return ours
    if isinstance(theirs, str):
        return "the answers are not the same"
    return _labels(ours.labels, theirs.labels, keys) or _statistics(ours, theirs)


def _keys(call: Call) -> list[pd.Series]:
    """The key columns of the call, those that exist."""
    df, key = call.args[0], call.args[1]
    return [df[name] for name in (key if isinstance(key, list) else [key]) if name in df.columns]


def _read(table: object, keys: int) -> Groups | str:
    """The table in plain terms, or what is wrong with its form."""
    if not isinstance(table, pd.DataFrame):
        return f"the result is a {type(table).__name__} and should be a DataFrame"
    names = list(table.columns)
    if names != COLUMNS:
        if len(names) == len(COLUMNS) and set(names) == set(COLUMNS):
            return "the four columns are in the wrong order"
        return "the columns are not size, count, sum and mean"
    if len(table) == 0:
        return Groups([], {name: [] for name in COLUMNS})
    if table.index.nlevels != keys:
        return "the index needs as many levels as there are keys"
    several = isinstance(table.index, pd.MultiIndex)
    labels = [tuple(map(plain, label if several else (label,))) for label in table.index]
    if any(isinstance(part, list | dict) for label in labels for part in label):
        return "the labels of the groups are not the keys"
    columns = [_numbers(column) for column in table.to_numpy(dtype=object).T.tolist()]
    strange = next((name for name, column in zip(COLUMNS, columns, strict=True) if column is None), None)
    if strange:
        return f"the column {strange} holds something else than numbers"
    return Groups(labels, dict(zip(COLUMNS, columns, strict=True)))


def plain(label: Any) -> Any:
    """A group label as Python's own number, text or time; None when it is missing."""
    if isinstance(label, str | int):
        return label
    if not pd.api.types.is_scalar(label):
        return label
    if pd.isna(label):
        return None
    if isinstance(label, datetime.date | np.datetime64):
        return pd.Timestamp(label)
    return label.item() if isinstance(label, np.generic) else label


def _numbers(cells: list[Any]) -> list[float] | None:
    """The numbers of a column of any dtype, NaN where one is missing; None when not all are numbers."""
    found = [plain(cell) for cell in cells]
    if any(isinstance(cell, bool) or not isinstance(cell, int | float | None) for cell in found):
        return None
    return [math.nan if cell is None else float(cell) for cell in found]


def _labels(ours: list[Label], theirs: list[Label], keys: list[pd.Series]) -> str | None:
    if ours == theirs:
        return None
    if len(set(ours)) < len(ours):
        return "one group occurs more than once"
    missing, superfluous = set(theirs) - set(ours), set(ours) - set(theirs)
    if missing and superfluous:
        return "the labels of the groups are not the keys"
    of_missing_keys = " of missing keys" if any(None in label for label in missing | superfluous) else ""
    if missing:
        return f"a group{of_missing_keys} is not there"
    if superfluous:
        return f"there is a group{of_missing_keys} too many"
    orders = _orders(theirs, keys)
    return None if ours in orders and theirs in orders else "the groups are in the wrong order"


def _orders(labels: list[Label], keys: list[pd.Series]) -> list[list[Label]]:
    """The right orders of the groups: more than one where categories have no order of their own."""
    readings = []
    for at, column in enumerate(keys):
        present = {label[at] for label in labels} - {None}
        by_value = sorted(present)
        if isinstance(column.dtype, pd.CategoricalDtype):
            by_position = [one for one in map(plain, column.cat.categories) if one in present]
            readings.append([by_position] if column.cat.ordered else [by_position, by_value])
        else:
            readings.append([by_value])

    def ranks(label: Label, order: tuple[list[Any], ...]) -> list[int]:
        places = zip(label, order, strict=True)
        return [len(level) if part is None else level.index(part) for part, level in places]

    return [sorted(labels, key=lambda label: ranks(label, order)) for order in itertools.product(*readings)]


def _statistics(ours: Groups, theirs: Groups) -> str | None:
    place = {label: at for at, label in enumerate(ours.labels)}
    for name in COLUMNS:
        pairs = [
            (ours.numbers[name][place[label]], want)
            for label, want in zip(theirs.labels, theirs.numbers[name], strict=True)
        ]
        wrong = [pair for pair in pairs if not _near(*pair)]
        if wrong:
            return _sentence(name, wrong)
    return None


def _near(got: float, want: float) -> bool:
    """Equal up to the last digits, because sums may be taken in any order. NaN equals NaN."""
    return math.isclose(got, want, rel_tol=1e-9, abs_tol=1e-12) or (math.isnan(got) and math.isnan(want))


def _sentence(name: str, wrong: list[tuple[float, float]]) -> str:
    if name == "sum" and all(math.isnan(got) and want == 0 for got, want in wrong):
        return "a sum is missing: the sum of no values is 0"
    if name == "mean" and all(math.isnan(want) for _, want in wrong):
        return "the mean of no values is NaN"
    return f"the column {name} is wrong"
