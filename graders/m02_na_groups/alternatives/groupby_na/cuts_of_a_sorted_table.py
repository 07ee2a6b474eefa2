"""Sorted once by pandas, cut where the key changes, and summed with np.add.reduceat."""

import numpy as np
import pandas as pd

COLUMNS = ["size", "count", "sum", "mean"]


def groupby_na(df, key, value, keep_na=False):
    keys = key if isinstance(key, list) else [key]
    rows = pd.DataFrame({at: df[name].array for at, name in enumerate(keys)})
    rows["value"] = df[value].to_numpy(dtype="float64", na_value=np.nan)
    places = list(range(len(keys)))
    if not keep_na:
        rows = rows.dropna(subset=places)
    if rows.empty:
        return pd.DataFrame(columns=COLUMNS, dtype=float)
    rows = rows.sort_values(places, na_position="last", ignore_index=True)
    change = np.zeros(len(rows), dtype=bool)
    change[0] = True
    for place in places:
        codes = pd.factorize(rows[place])[0]
        change[1:] |= codes[1:] != codes[:-1]
    starts = np.flatnonzero(change)
    there = rows["value"].notna().to_numpy()
    size = np.diff([*starts, len(rows)])
    count = np.add.reduceat(there.astype(int), starts)
    total = np.add.reduceat(np.where(there, rows["value"], 0.0), starts)
    with np.errstate(invalid="ignore"):
        mean = total / count
    heads = [pd.Index(rows[place].iloc[starts]) for place in places]
    index = pd.MultiIndex.from_arrays(heads, names=keys) if len(keys) > 1 else heads[0].rename(keys[0])
    return pd.DataFrame(np.column_stack([size, count, total, mean]), columns=COLUMNS, index=index)
