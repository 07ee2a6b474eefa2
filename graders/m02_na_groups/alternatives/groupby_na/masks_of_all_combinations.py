"""A mask per label of every key, all combinations of them, those that occur."""

import itertools

import numpy as np
import pandas as pd


def masks(column, keep_na):
    labels = column.cat.categories if isinstance(column.dtype, pd.CategoricalDtype) else column.dropna().unique()
    labels = list(labels) if getattr(column.dtype, "ordered", False) else sorted(labels)
    found = [(label, (column == label).fillna(False).to_numpy(dtype=bool)) for label in labels]
    return [*found, (None, column.isna().to_numpy())] if keep_na else found


def groupby_na(df, key, value, keep_na=False):
    keys = key if isinstance(key, list) else [key]
    cells = df[value]
    labels, rows = [], []
    for choice in itertools.product(*(masks(df[name], keep_na) for name in keys)):
        inside = np.logical_and.reduce([mask for _, mask in choice])
        if inside.any():
            there = cells[inside & cells.notna().to_numpy()]
            labels.append(tuple(label for label, _ in choice))
            rows.append((inside.sum(), there.size, there.sum(), there.mean() if there.size else float("nan")))
    index = pd.MultiIndex.from_tuples(labels, names=keys) if labels else None
    return pd.DataFrame(rows, columns=["size", "count", "sum", "mean"], index=index)
