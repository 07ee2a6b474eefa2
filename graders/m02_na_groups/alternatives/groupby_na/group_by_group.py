"""A loop over the groups, each taken out with get_group's iteration, as a list of records."""

import pandas as pd


def groupby_na(df, key, value, keep_na=False):
    keys = key if isinstance(key, list) else [key]
    columns = ["size", "count", "sum", "mean"]
    records, labels = [], []
    for label, part in df.groupby(keys, observed=True, dropna=not keep_na):
        there = part[value].dropna()
        records.append(
            {
                "size": part.shape[0],
                "count": there.shape[0],
                "sum": there.sum() if len(there) else 0,
                "mean": there.mean() if len(there) else pd.NA,
            }
        )
        labels.append(label)
    df[value]
    if not records:
        return pd.DataFrame(columns=columns)
    index = pd.MultiIndex.from_tuples(labels, names=keys)
    return pd.DataFrame.from_records(records, index=index, columns=columns)
