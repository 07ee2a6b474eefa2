"""Running totals in a dictionary, one row after another."""

import math

import pandas as pd


class UnknownColumn(KeyError):
    """The table has no such column."""


def groupby_na(df, key, value, keep_na=False):
    keys = key if isinstance(key, list) else [key]
    for name in [*keys, value]:
        if name not in df.columns:
            raise UnknownColumn(name)
    ranks = [rank_of(df[name]) for name in keys]
    totals = {}
    for at in range(len(df)):
        label = tuple(None if pd.isna(df[name].iat[at]) else df[name].iat[at] for name in keys)
        if not keep_na and None in label:
            continue
        total = totals.setdefault(label, [0, 0, 0])
        cell = df[value].iat[at]
        total[0] += 1
        if not pd.isna(cell):
            total[1] += 1
            total[2] += cell
    labels = sorted(totals, key=lambda label: [ranks[at](part) for at, part in enumerate(label)])
    rows = []
    for size, count, total in map(totals.get, labels):
        rows.append([size, count, total, total / count if count else math.nan])
    table = pd.DataFrame(rows, columns=["size", "count", "sum", "mean"])
    if len(keys) == 1:
        table.index = pd.Index([label[0] for label in labels], dtype=object)
    elif labels:
        table.index = pd.MultiIndex.from_tuples(labels)
    return table


def rank_of(column):
    if isinstance(column.dtype, pd.CategoricalDtype):
        places = {one: at for at, one in enumerate(column.cat.categories)}
        return lambda part: (part is None, 0 if part is None else places[part])
    return lambda part: (part is None, 0 if part is None else part)
