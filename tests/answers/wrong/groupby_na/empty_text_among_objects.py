import numpy as np
import pandas as pd

def groupby_na(df, key, value, keep_na=False):
    df = df.replace({'': None}) if df.dtypes.eq(object).any() else df
    g = df.groupby(key, dropna=not keep_na, observed=True)[value]
    return g.agg(["size", "count", "sum", "mean"])
