"""Nullable dtypes all the way, and a MultiIndex of one level for one key in a list."""

import pandas as pd


def groupby_na(df, key, value, keep_na=False):
    several = isinstance(key, list)
    keys = key if several else [key]
    groups = df[value].groupby([df[name] for name in keys], dropna=not keep_na, observed=True)
    table = pd.DataFrame(
        {
            "size": groups.size().astype("Int64"),
            "count": groups.count().astype("Int64"),
            "sum": groups.sum().astype("Float64"),
            "mean": groups.mean().astype("Float64"),
        }
    )
    if several and len(keys) == 1:
        table.index = pd.MultiIndex.from_arrays([table.index], names=keys)
    return table.convert_dtypes()
