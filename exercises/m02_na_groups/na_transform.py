"""Each row's value minus the mean of its group, where keys and values are missing here and there."""

import pandas as pd


def na_transform(df, key, value, keep_na=False) -> pd.Series:
    """Return each row's value minus the mean of its group.

    Allowed: the standard library, numpy, pandas, torch. The function is pure: it changes neither its arguments nor
    anything global, and the result is new. Printing and warnings cost nothing.

    Args:
        df: pandas DataFrame. Its index may have any labels: they may repeat, and need not be sorted. No column has the
            index's name.
        key: one column name; the column holds strings, numbers or categories.
        value: one column name; the column is of dtype int64, float64, Int64 or Float64.
        keep_na: False: a row whose key is missing belongs to no group, and its result is NaN. True: the rows whose key
            is missing are one group of their own.

    Returns:
        A Series with df's index, in df's order, one entry per row, of dtype float64 (the nullable Float64 will do; its
        name is free). A missing value is NaN in the result and does not count in its group's mean. A group without any
        value has NaN throughout. A frame without rows, of dtypes as above, gives an empty result.

    Raises:
        KeyError: df has no column `key` or no column `value`.

    >>> df = pd.DataFrame({"k": ["a", "a", None, "b"], "v": [1.0, 3.0, 5.0, 7.0]})
    >>> na_transform(df, "k", "v").tolist()
    [-1.0, 1.0, nan, 0.0]
    >>> na_transform(df, "k", "v", keep_na=True).tolist()
    [-1.0, 1.0, 0.0, 0.0]
    """
    # TODO: one mean per row, not per group: the result is as long as df.
    raise NotImplementedError("na_transform is not written yet")
