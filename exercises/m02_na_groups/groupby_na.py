"""Groups of a table whose keys, or values, are missing here and there."""

import pandas as pd


def groupby_na(df, key, value, keep_na=False) -> pd.DataFrame:
    """Return size, count, sum and mean of column `value` for every group of `key`.

    Missing means None, NaN, pd.NA or NaT. What merely looks like it, the keys 'nan', 'None' and '', is
    an ordinary key.

    Args:
        df: a DataFrame; neither it nor anything global is changed.
        key: a column name, or a list of column names.
        value: the name of a column of numbers.
        keep_na: what becomes of the rows whose key is missing (with several keys: any of them).
            False: they belong to no group. True: missing keys form a group of their own.

    Returns:
        A DataFrame with one row per group. Its index holds the group keys, sorted, missing ones last; for
        two or more keys it is a MultiIndex. Of a categorical key only categories that occur are groups.
        Its columns are, in this order:

        size: the rows in the group; a missing value never removes a row.
        count: the rows whose value is not missing.
        sum: the sum of the values that are not missing; 0 where all of them are.
        mean: their mean; NaN where all of them are missing.

        An empty frame (with its columns) gives an empty result with the four columns.

    Raises:
        KeyError: a column is unknown.

    >>> df = pd.DataFrame({"city": ["Seoul", "Jeju", None, "Seoul"], "rain": [1.0, 4.0, 2.0, None]})
    >>> groupby_na(df, "city", "rain")  # doctest: +NORMALIZE_WHITESPACE
           size  count  sum  mean
    city
    Jeju      1      1  4.0   4.0
    Seoul     2      1  1.0   1.0
    """
    # TODO: which rows does groupby leave out unless you say otherwise?
    raise NotImplementedError("groupby_na is not written yet")
