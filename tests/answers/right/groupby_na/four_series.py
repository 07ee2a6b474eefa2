import pandas as pd
def groupby_na(df, key, value, keep_na=False):
    g = df.groupby(key, dropna=not keep_na, observed=True, sort=True)[value]
    return pd.concat({"size": g.size(), "count": g.count(), "sum": g.sum(), "mean": g.mean()}, axis=1)
