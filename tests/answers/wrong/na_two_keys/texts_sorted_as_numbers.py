import numpy as np
import pandas as pd
def na_two_keys(df, row, column, value, keep_na=False):
    s = df.groupby([row, column], dropna=not keep_na)[value].sum().unstack()
    def as_number(i):
        try:
            return pd.to_numeric(i)
        except (ValueError, TypeError):
            return i
    return s.sort_index(axis=0, na_position="last", key=as_number).sort_index(axis=1, na_position="last", key=as_number)
