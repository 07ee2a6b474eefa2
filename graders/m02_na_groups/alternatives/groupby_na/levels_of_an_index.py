"""The keys as levels of an index, grouped by position."""

import pandas as pd


def groupby_na(df, key, value, keep_na=False):
    keys = key if isinstance(key, list) else [key]
    levels = [pd.Categorical(df[name]) for name in keys]
    index = pd.MultiIndex.from_arrays(levels) if len(keys) > 1 else pd.CategoricalIndex(levels[0])
    cells = pd.Series(df[value].array, index=index)
    by = list(range(len(keys))) if len(keys) > 1 else 0
    return cells.groupby(level=by, observed=True, dropna=not keep_na).agg(["size", "count", "sum", "mean"])
