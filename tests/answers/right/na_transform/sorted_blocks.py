import numpy as np
import pandas as pd


def na_transform(df, key, value, keep_na=False):
    """Sort by group, work on blocks, put back by position."""
    for column in (key, value):
        if column not in df.columns:
            raise KeyError(column)
    result = np.full(len(df), np.nan)
    codes = pd.Categorical(df[key]).codes.astype(int)
    order = np.argsort(codes, kind="mergesort")
    x = pd.to_numeric(df[value]).astype("Float64").to_numpy(float, na_value=np.nan)
    for block in np.split(order, np.flatnonzero(np.diff(codes[order])) + 1):
        if not block.size or (codes[block[0]] < 0 and not keep_na):
            continue
        here = x[block]
        seen = here[~np.isnan(here)]
        if seen.size:
            result[block] = here - seen.mean()
    return pd.Series(result, index=df.index)
