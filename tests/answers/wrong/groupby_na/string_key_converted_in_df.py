import numpy as np
import pandas as pd

def groupby_na(df, key, value, keep_na=False):
    keys = key if isinstance(key, list) else [key]
    for k in keys:
        if k in df.columns and df[k].dtype == 'string':
            df[k] = df[k].astype(object)
    g = df.groupby(key, dropna=not keep_na, observed=True)[value]
    return g.agg(["size", "count", "sum", "mean"])
