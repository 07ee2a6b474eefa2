"""Groups of a table whose keys, or values, are missing here and there."""

import pandas as pd


def groupby_na(df, key, value, keep_na=False) -> pd.DataFrame:
    """Return size, count, sum and mean of column `value` for every group of `key`."""
    names = key if isinstance(key, list) else [key]
    for name in [*names, value]:
        # groupby itself also takes the name of an index level, which is no column.
        if name not in df.columns:
            raise KeyError(name)
    groups = df.groupby(key, dropna=not keep_na, observed=True)[value]
    return groups.agg(["size", "count", "sum", "mean"])
