import numpy as np
import pandas as pd


def na_two_keys(df, row, column, value, keep_na=False):
    missing = object()
    if keep_na:
        for name in {row, column}:
            df[name] = df[name].astype(object).where(df[name].notna(), None)
    table = pd.DataFrame({"row": df[row], "column": df[column], "value": df[value]})
    sums = table.groupby(["row", "column"], dropna=not keep_na)["value"].sum(min_count=0)
    wide = sums.unstack("column").sort_index(axis=0, na_position="last")
    return wide.sort_index(axis=1, na_position="last")
