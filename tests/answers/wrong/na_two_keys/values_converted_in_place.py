import numpy as np
import pandas as pd
def na_two_keys(df, row, column, value, keep_na=False):
    for c in (row, column, value):
        if c not in df.columns:
            raise KeyError(c)
    df[value] = df[value].astype(float)
    if not keep_na:
        df = df[df[row].notna() & df[column].notna()]
    if len(df) == 0:
        return pd.DataFrame()
    def labels(s):
        present = sorted(s.dropna().unique().tolist())
        return present + ([None] if s.isna().any() else [])
    def code(s, ls):
        at = {k: i for i, k in enumerate(ls) if k is not None}
        return [len(ls) - 1 if pd.isna(k) else at[k] for k in s]
    rows, cols = labels(df[row]), labels(df[column])
    out = np.full((len(rows), len(cols)), np.nan)
    vals = pd.to_numeric(df[value]).astype("Float64").to_numpy(dtype=float, na_value=np.nan)
    for i, j, v in zip(code(df[row], rows), code(df[column], cols), vals):
        if np.isnan(out[i, j]):
            out[i, j] = 0.0
        if not np.isnan(v):
            out[i, j] += v
    idx = lambda ls: pd.Index(ls, dtype=object)
    return pd.DataFrame(out, index=idx(rows), columns=idx(cols))
