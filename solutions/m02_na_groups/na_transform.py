"""Each row's value minus the mean of its group, where keys and values are missing here and there."""

import numpy as np
import pandas as pd


def na_transform(df, key, value, keep_na=False) -> pd.Series:
    """Return each row's value minus the mean of its group."""
    keys, values = df[key], df[value].to_numpy(dtype=np.float64, na_value=np.nan)
    # Groups as numbers: labels that repeat in the index, or a key that looks like a missing one, confuse nothing.
    groups, labels = pd.factorize(keys)
    without_key = groups < 0
    if keep_na:
        groups = np.where(without_key, len(labels), groups)
    known = np.logical_and(~np.isnan(values), groups >= 0)
    total = np.bincount(groups[known], weights=values[known])
    count = np.bincount(groups[known])
    centred = np.full(len(df), np.nan)
    centred[known] = values[known] - (total / np.maximum(count, 1))[groups[known]]
    return pd.Series(centred, index=df.index)
