import numpy as np
import pandas as pd


def na_transform(df, key, value, keep_na=False):
    codes, uniques = pd.factorize(df[key])
    v = df[value].to_numpy(dtype=np.float64, na_value=np.nan)
    out = np.full(len(df), np.nan)
    for c in range(-1 if keep_na else 0, len(uniques)):
        rows = codes == c
        x = v[rows]
        x = x[~np.isnan(x)]
        if x.size:
            out[rows] = v[rows] - x.mean()
    if df[value].dtype == "int64" and not np.isnan(out).any():
        out = out.round().astype("int64").astype("float64")
    return pd.Series(out, index=df.index, dtype="float64")
