"""Factorized keys folded into one number, then np.bincount with weights."""

import numpy as np
import pandas as pd


def groupby_na(df, key, value, keep_na=False):
    keys = key if isinstance(key, list) else [key]
    rows = np.arange(len(df))
    number = np.zeros(len(df), dtype=np.int64)
    gap = np.zeros(len(df), dtype=bool)
    for name in keys:
        codes, labels = pd.factorize(df[name], sort=True)
        gap |= codes < 0
        number = number * (len(labels) + 1) + np.where(codes < 0, len(labels), codes)
    cells = df[value].astype("Float64").to_numpy(dtype=float, na_value=np.nan)
    keep = rows if keep_na else rows[~gap]
    _, first, at = np.unique(number[keep], return_index=True, return_inverse=True)
    there = ~np.isnan(cells[keep])
    size = np.bincount(at, minlength=len(first))
    count = np.bincount(at[there], minlength=len(first))
    total = np.bincount(at[there], weights=cells[keep][there], minlength=len(first))
    mean = np.full(len(first), np.nan)
    mean[count > 0] = total[count > 0] / count[count > 0]
    heads = df.iloc[keep[first]]
    index = pd.Index(heads[keys[0]]) if len(keys) == 1 else pd.MultiIndex.from_frame(heads[keys])
    return pd.DataFrame({"size": size, "count": count, "sum": total, "mean": mean}).set_axis(index)
