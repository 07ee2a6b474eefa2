"""Sums for every pair of two keys, as a table, where keys and values are missing here and there."""

import pandas as pd


def na_two_keys(df, row, column, value, keep_na=False) -> pd.DataFrame:
    """Return the sums of `value` as a table: one row per key in `row`, one column per key in `column`.

    Allowed: the standard library, numpy, pandas, torch. The function is pure: it changes neither its arguments nor
    anything global, and the result is new. Printing and warnings cost nothing.

    Rows and columns of the table are sorted, missing keys last. (The plain pandas way leaves columns as first seen in
    some cases: look at a column key that occurs only beside a missing row key.)

    Args:
        df: pandas DataFrame.
        row, column: two column names. Keys are strings or numbers, of object, string, int64, float64 or Int64 dtype.
        value: the name of a numeric column.
        keep_na: False: a row of df with either key missing is left out, and a key that occurs only in such rows has no
            row or column. True: the missing key has a row and a column of its own, if it occurs.

    Returns:
        A DataFrame. A pair of keys that does not occur in df: NaN. A pair that occurs, but only with missing values:
        0.0, the sum of nothing. No row left: an empty frame, of any shape. Free are the names of the axes, the dtype of
        the indices, which missing label stands there (any that pd.isna accepts), and which numeric dtype the sums have.

    Raises:
        KeyError: df has no such column.

    >>> df = pd.DataFrame(
    ...     [("a", "x", 1), ("a", None, 2), (None, "x", 4), (None, None, 8), ("b", "y", None)], columns=["r", "c", "v"]
    ... )
    >>> na_two_keys(df, "r", "c", "v").to_numpy().tolist()
    [[1.0, nan], [nan, 0.0]]
    >>> na_two_keys(df, "r", "c", "v", keep_na=True).to_numpy().tolist()
    [[1.0, nan, 2.0], [nan, 0.0, nan], [4.0, nan, 8.0]]
    """
    # TODO: "does not occur" and "occurs without a value" are two different cells.
    raise NotImplementedError("na_two_keys is not written yet")
