import numpy as np
import pandas as pd

def groupby_na(df, key, value, keep_na=False):
    if not isinstance(key, list) and isinstance(df[key].dtype, pd.CategoricalDtype):
        df[key] = df[key].cat.remove_unused_categories()
    g = df.groupby(key, dropna=not keep_na, observed=True)[value]
    return g.agg(["size", "count", "sum", "mean"])
