import pandas as pd


def na_two_keys(df, row, column, value, keep_na=False):
    sums = df.groupby([row, column], dropna=not keep_na)[value].sum()
    if sums.empty:
        return pd.DataFrame()
    return sums.unstack(column).sort_index().sort_index(axis=1).clip(lower=0)
