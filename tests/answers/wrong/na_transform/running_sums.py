import numpy as np
import pandas as pd


def na_transform(df, key, value, keep_na=False):
    v = df[value].astype("Float64").to_numpy(dtype=np.float64, na_value=np.nan)
    codes, uniques = pd.factorize(df[key], sort=True)
    codes = np.where(codes < 0, len(uniques), codes)
    order = np.argsort(codes, kind="stable")
    known = ~np.isnan(v)
    running = np.concatenate([[0.0], np.cumsum(np.where(known, v, 0.0)[order])])
    ends = np.cumsum(np.bincount(codes, minlength=len(uniques) + 1))
    total = np.diff(np.concatenate([[0.0], running[ends]]))
    count = np.bincount(codes, weights=known, minlength=len(uniques) + 1)
    mean = np.divide(total, count, out=np.full(len(count), np.nan), where=count > 0)
    if not keep_na:
        mean[-1] = np.nan
    return pd.Series(v - mean[codes], index=df.index)
