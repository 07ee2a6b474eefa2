"""Every statistic by itself, then side by side."""

import pandas as pd


def groupby_na(df, key, value, keep_na=False):
    keys = list(key) if isinstance(key, list) else [key]
    unknown = {*keys, value} - set(df.columns)
    if unknown:
        raise KeyError(f"no such column: {', '.join(map(str, unknown))}")
    rows = df if keep_na else df[df[keys].notna().all(axis=1)]
    groups = rows.groupby(keys, dropna=False, observed=True)
    parts = [groups.size(), groups[value].count(), groups[value].sum(), groups[value].mean()]
    return pd.concat(parts, axis=1, keys=["size", "count", "sum", "mean"])
