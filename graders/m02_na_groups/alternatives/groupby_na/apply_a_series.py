"""apply with a function that returns the four statistics of one group."""

import numpy as np
import pandas as pd

NAMES = ["size", "count", "sum", "mean"]


def statistics(cells):
    there = cells[cells.notna()]
    mean = there.sum() / len(there) if len(there) else np.nan
    return pd.Series([len(cells), len(there), there.sum(), mean], index=NAMES, dtype=float)


def groupby_na(df, key, value, keep_na=False):
    groups = df.groupby(key, dropna=not keep_na, observed=True)[value]
    if groups.ngroups == 0:
        return pd.DataFrame({name: pd.Series(dtype=float) for name in NAMES})
    table = groups.apply(statistics)
    return table.unstack() if isinstance(table, pd.Series) else table
