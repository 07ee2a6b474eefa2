import numpy as np
import pandas as pd
def groupby_na(df, key, value, keep_na=False):
    keys = key if isinstance(key, list) else [key]
    for c in [*keys, value]:
        if c not in df.columns:
            raise KeyError(c)
    df[value] = pd.to_numeric(df[value]).astype("float64")
    return df.groupby(key, dropna=not keep_na, observed=True)[value].agg(["size", "count", "sum", "mean"])
