"""Sums for every pair of two keys, as a table, where keys and values are missing here and there."""

import pandas as pd


def na_two_keys(df, row, column, value, keep_na=False) -> pd.DataFrame:
    """Return the sums of `value` as a table: one row per key in `row`, one column per key in `column`."""
    # Three columns of their own: `row` and `column` may be the same name.
    table = pd.DataFrame({"row": df[row], "column": df[column], "value": df[value]})
    sums = table.groupby(["row", "column"], dropna=not keep_na)["value"].sum(min_count=0)
    wide = sums.unstack("column")
    wide = wide.sort_index(axis=0, na_position="last")
    return wide.sort_index(axis=1, na_position="last")
