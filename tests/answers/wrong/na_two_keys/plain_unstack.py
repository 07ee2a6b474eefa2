import pandas as pd
def na_two_keys(df, row, column, value, keep_na=False):
    return df.groupby([row, column], dropna=not keep_na)[value].sum().unstack()
