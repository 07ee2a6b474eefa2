import numpy as np
import pandas as pd


def na_two_keys(df, row, column, value, keep_na=False):
    for name in (row, column, value):
        if name not in df.columns:
            raise KeyError(name)
    if not keep_na:
        df = df.dropna(subset=[row, column])
    r = df[row].astype(object)
    c = df[column].astype(object)
    v = df[value].astype("Float64").to_numpy(dtype=np.float64, na_value=np.nan)
    rows = sorted(r.dropna().unique())
    cols = sorted(c.dropna().unique())
    i = np.array([len(rows) if pd.isna(k) else rows.index(k) for k in r], dtype=int)
    j = np.array([len(cols) if pd.isna(k) else cols.index(k) for k in c], dtype=int)
    if r.isna().any():
        rows.append(np.nan)
    if c.isna().any():
        cols.append(np.nan)
    table = np.full((len(rows), len(cols)), np.nan)
    table[i, j] = 0.0
    flat = i * len(cols) + j
    order = np.argsort(flat, kind="stable")
    running = np.cumsum(np.where(np.isnan(v), 0.0, v)[order])
    last = np.flatnonzero(np.r_[np.diff(flat[order]) != 0, True][: len(flat)])
    table.flat[flat[order][last]] = np.diff(np.r_[0.0, running[last]])
    return pd.DataFrame(table, index=pd.Index(rows, dtype=object), columns=pd.Index(cols, dtype=object))
