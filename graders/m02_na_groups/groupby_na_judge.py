"""Whether two tables of groups say the same, whatever the statement leaves free.

Free are the dtype and the names of the index, an index or a one-level MultiIndex for one key, integer, float
or nullable columns, NaN or NA as a mean, and whether unordered categories go by position or by value.
"""

import datetime
import itertools
import math
from dataclasses import replace

import numpy as np
import pandas as pd

from winnow.checks import Incomparable, close, same

COLUMNS = ["size", "count", "sum", "mean"]
PARAMETERS = ["df", "key", "value", "keep_na"]


def judge(call, got, want):
    """None when `got` is as right as `want`, else a sentence that says what kind of thing differs."""
    if got.raised is not None or want.raised is not None:
        return same(got, want)
    if isinstance(got.value, Incomparable):
        return close(got.value, want.value)
    df, key = call.args[:2]
    keys = [df[name] for name in (key if isinstance(key, list) else [key]) if name in df.columns]
    ours, theirs = _read(got.value, len(keys)), _read(want.value, len(keys))
    if isinstance(ours, str) or isinstance(theirs, str):
        return ours if isinstance(ours, str) else "the answers are not the same"
    if got.changed:
        places = [PARAMETERS[place] if isinstance(place, int) else place for place in got.changed]
        return f"the call changed {', '.join(places)}"
    problem = _labels(list(ours), list(theirs), keys) or _statistics(ours, theirs)
    return problem or same(replace(got, value=None), replace(want, value=None))


def _read(table, keys):
    """The numbers of each group by its label, in order, None for a missing key; or what is wrong with the form."""
    if not isinstance(table, pd.DataFrame):
        return f"the result is a {type(table).__name__} and should be a DataFrame"
    if list(table.columns) != COLUMNS:
        if sorted(map(str, table.columns)) == sorted(COLUMNS):
            return "the four columns are in the wrong order"
        return "the columns are not size, count, sum and mean"
    if len(table) and table.index.nlevels != keys:
        return "the index needs as many levels as there are keys"
    several = isinstance(table.index, pd.MultiIndex)
    labels = [tuple(map(plain, label if several else (label,))) for label in table.index]
    if any(isinstance(part, list | dict) for label in labels for part in label):
        return "the labels of the groups are not the keys"
    if len(set(labels)) < len(labels):
        return "one group occurs more than once"
    rows = [[plain(cell) for cell in row] for row in table.to_numpy(dtype=object)]
    for name, column in zip(COLUMNS, zip(*rows, strict=True), strict=False):
        if any(isinstance(cell, bool) or not isinstance(cell, int | float | None) for cell in column):
            return f"the column {name} holds something else than numbers"
    numbers = [[math.nan if cell is None else float(cell) for cell in row] for row in rows]
    return dict(zip(labels, numbers, strict=True))


def plain(label):
    """A group label as Python's own number, text or time; None when it is missing."""
    if isinstance(label, str | int) or not pd.api.types.is_scalar(label):
        return label
    if pd.isna(label):
        return None
    if isinstance(label, datetime.date | np.datetime64):
        return pd.Timestamp(label)
    return label.item() if isinstance(label, np.generic) else label


def _labels(ours, theirs, keys):
    if ours == theirs:
        return None
    missing, superfluous = set(theirs) - set(ours), set(ours) - set(theirs)
    if missing and superfluous:
        return "the labels of the groups are not the keys"
    if missing or superfluous:
        kind = " of missing keys" if any(None in label for label in missing | superfluous) else ""
        return f"a group{kind} is not there" if missing else f"there is a group{kind} too many"
    orders = _orders(theirs, keys)
    return None if ours in orders and theirs in orders else "the groups are in the wrong order"


def _orders(labels, keys):
    """The right orders of the groups: more than one where categories have no order of their own."""
    readings = []
    for at, column in enumerate(keys):
        present = {label[at] for label in labels} - {None}
        readings.append([sorted(present)])
        if isinstance(column.dtype, pd.CategoricalDtype):
            by_position = [one for one in map(plain, column.cat.categories) if one in present]
            readings[-1] = [by_position] if column.cat.ordered else [by_position, *readings[-1]]

    def ranks(label, order):
        return [len(level) if part is None else level.index(part) for part, level in zip(label, order, strict=True)]

    return [sorted(labels, key=lambda label: ranks(label, order)) for order in itertools.product(*readings)]


def _statistics(ours, theirs):
    for at, name in enumerate(COLUMNS):
        pairs = [(ours[label][at], row[at]) for label, row in theirs.items()]
        wrong = [(got, want) for got, want in pairs if not _near(got, want)]
        if wrong and name == "sum" and all(math.isnan(got) and want == 0 for got, want in wrong):
            return "a sum is missing: the sum of no values is 0"
        if wrong and name == "mean" and all(math.isnan(want) for _, want in wrong):
            return "the mean of no values is NaN"
        if wrong:
            return f"the column {name} is wrong"
    return None


def _near(got, want):
    """Equal up to the last digits, because sums may be taken in any order. NaN equals NaN."""
    return math.isclose(got, want, rel_tol=1e-9, abs_tol=1e-12) or (math.isnan(got) and math.isnan(want))
