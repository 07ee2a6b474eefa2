"""Other definitions of groupby_na, which the reference is held against."""

import math

import numpy as np
import pandas as pd

STATISTICS = ["size", "count", "sum", "mean"]


def groupby_na_by_loop(df, key, value, keep_na=False):
    """The definition, row by row, in dictionaries."""
    names = key if isinstance(key, list) else [key]
    ranks = [_ranks(df[name]) for name in names]
    groups = {}
    for *label, cell in zip(*(df[name] for name in names), df[value], strict=True):
        parts = tuple(None if pd.isna(part) else part for part in label)
        if keep_na or None not in parts:
            groups.setdefault(parts, []).append(cell)
    order = sorted(groups, key=lambda parts: [rank[part] for rank, part in zip(ranks, parts, strict=True)])
    lines = []
    for parts in order:
        present = [cell for cell in groups[parts] if not pd.isna(cell)]
        mean = sum(present) / len(present) if present else math.nan
        lines.append((len(groups[parts]), len(present), sum(present), mean))
    levels = [pd.Index([parts[at] for parts in order], dtype=object) for at in range(len(names))]
    index = pd.MultiIndex.from_arrays(levels) if len(levels) > 1 else levels[0]
    return pd.DataFrame(lines, index=index, columns=STATISTICS)


def _ranks(column):
    """The place of every label in the sorted order, None (missing) last."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        labels = list(column.cat.categories)
    else:
        labels = sorted({cell for cell in column if not pd.isna(cell)})
    return {label: at for at, label in enumerate([*labels, None])}


def groupby_na_by_numbers(df, key, value, keep_na=False):
    """Every key as a number, every combination as one number, and sums by numpy."""
    names = key if isinstance(key, list) else [key]
    columns = [pd.Categorical(df[name]) for name in names]
    codes = [np.where(one.codes < 0, len(one.categories), one.codes).astype(np.int64) for one in columns]
    cells = df[value].to_numpy(dtype=float, na_value=np.nan)
    known = np.ones(len(df), dtype=bool)
    if not keep_na:
        known = np.logical_and.reduce([one.codes >= 0 for one in columns])
    sizes = [len(one.categories) + 1 for one in columns]
    flat, at = np.unique(np.ravel_multi_index([one[known] for one in codes], sizes), return_inverse=True)
    cells, groups = cells[known], len(flat)
    present = ~np.isnan(cells)
    size = np.bincount(at, minlength=groups)
    count = np.bincount(at, weights=present, minlength=groups)
    total = np.bincount(at[present], weights=cells[present], minlength=groups)
    mean = np.divide(total, count, out=np.full(groups, np.nan), where=count > 0)
    levels = [
        pd.Index([None if code == len(one.categories) else one.categories[code] for code in part], dtype=object)
        for one, part in zip(columns, np.unravel_index(flat, sizes), strict=True)
    ]
    index = pd.MultiIndex.from_arrays(levels) if len(levels) > 1 else levels[0]
    return pd.DataFrame({"size": size, "count": count, "sum": total, "mean": mean}, index=index)


def groupby_na_by_pivot(df, key, value, keep_na=False):
    """A pivot table. Defined for one key that is no category."""
    name = key[0] if isinstance(key, list) and len(key) == 1 else key
    if isinstance(name, list) or len(df) == 0 or isinstance(df[name].dtype, pd.CategoricalDtype):
        return NotImplemented
    frame = pd.DataFrame({"key": df[name].array, "value": df[value].array, "row": 1})
    if not frame["key"].notna().any():
        return NotImplemented
    frame["there"] = frame["value"].notna().astype(int)
    sums = frame.pivot_table(index="key", values=["row", "there", "value"], aggfunc="sum", dropna=False)
    if not keep_na:
        sums = sums[sums.index.notna()]
    mean = sums["value"].astype(float) / sums["there"].where(sums["there"] > 0).astype(float)
    return pd.DataFrame({"size": sums["row"], "count": sums["there"], "sum": sums["value"], "mean": mean})
