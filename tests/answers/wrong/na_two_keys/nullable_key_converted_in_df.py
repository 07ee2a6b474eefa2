import numpy as np
import pandas as pd

def na_two_keys(df, row, column, value, keep_na=False):
    if row in df and df[row].dtype == 'Int64':
        df[row] = df[row].astype(object)
    for name in (row, column, value):
        if name not in df.columns:
            raise KeyError(name)
    work = pd.DataFrame({"r": df[row].astype(object).to_numpy(), "c": df[column].astype(object).to_numpy(), "v": df[value].astype("Float64").to_numpy(dtype=float, na_value=np.nan)})
    if not keep_na:
        work = work[work["r"].notna() & work["c"].notna()]
    s = work.groupby(["r", "c"], dropna=False)["v"].sum()
    t = s.unstack()
    t = t.sort_index(axis=0, na_position="last").sort_index(axis=1, na_position="last")
    return t
