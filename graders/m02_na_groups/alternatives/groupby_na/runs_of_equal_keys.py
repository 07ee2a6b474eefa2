"""Sorted rows, cut into runs of equal keys by itertools.groupby. Unordered categories go by value."""

import itertools

import numpy as np
import pandas as pd


def codes(column):
    if isinstance(column.dtype, pd.CategoricalDtype) and not column.cat.ordered:
        column = column.astype(column.cat.categories.dtype)
    numbers, labels = pd.factorize(column, sort=True)
    return np.where(numbers < 0, len(labels), numbers), labels


def groupby_na(df, key, value, keep_na=False):
    keys = key if isinstance(key, list) else [key]
    coded = [codes(df[name]) for name in keys]
    numbers = np.column_stack([numbers for numbers, _ in coded]).tolist()
    rows = sorted(zip(numbers, df[value].tolist(), strict=True), key=lambda row: row[0])
    index, lines = [], []
    for code, run in itertools.groupby(rows, key=lambda row: row[0]):
        label = [np.nan if one == len(names) else names[one] for one, (_, names) in zip(code, coded, strict=True)]
        if not keep_na and any(pd.isna(part) for part in label):
            continue
        cells = [cell for _, cell in run]
        there = [cell for cell in cells if pd.notna(cell)]
        total = float(sum(there))
        index.append(label)
        lines.append([len(cells), len(there), total, total / len(there) if there else np.nan])
    levels = [pd.Index([label[at] for label in index], dtype=object, name=name) for at, name in enumerate(keys)]
    index = pd.MultiIndex.from_arrays(levels) if len(levels) > 1 else levels[0]
    return pd.DataFrame(lines, columns=["size", "count", "sum", "mean"], index=index)
