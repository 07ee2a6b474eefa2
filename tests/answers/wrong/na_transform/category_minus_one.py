import numpy as np
import pandas as pd


def na_transform(df, key, value, keep_na=False):
    if isinstance(df[key].dtype, pd.CategoricalDtype) and not keep_na:
        codes = df[key].cat.codes.to_numpy()
        v = df[value].to_numpy(dtype=np.float64, na_value=np.nan)
        known = (codes >= 0) & ~np.isnan(v)
        m = len(df[key].cat.categories)
        with np.errstate(invalid="ignore"):
            mean = np.bincount(codes[known], v[known], minlength=m) / np.bincount(codes[known], minlength=m)
        return pd.Series(v - mean[codes], index=df.index)
    codes, uniques = pd.factorize(df[key])
    v = df[value].to_numpy(dtype=np.float64, na_value=np.nan)
    out = np.full(len(df), np.nan)
    for c in range(-1 if keep_na else 0, len(uniques)):
        rows = codes == c
        x = v[rows]
        x = x[~np.isnan(x)]
        if x.size:
            out[rows] = v[rows] - x.mean()
    return pd.Series(out, index=df.index, dtype="float64")
