"""Rows with and without a value counted apart, and joined on the group's number."""

import pandas as pd


def groupby_na(df, key, value, keep_na=False):
    keys = key if isinstance(key, list) else [key]
    by = [df[name].reset_index(drop=True) for name in keys]
    cells = df[value].reset_index(drop=True)
    number = cells.groupby(by, dropna=not keep_na, observed=True).ngroup()
    all_rows = pd.DataFrame({"number": number.astype("float64"), "cell": cells}).query("number >= 0")
    sizes = all_rows["number"].value_counts().rename("size")
    there = all_rows.dropna(subset=["cell"]).groupby("number")["cell"]
    table = sizes.to_frame().join(pd.DataFrame({"count": there.count(), "sum": there.sum(), "mean": there.mean()}))
    table = table.sort_index().fillna({"count": 0, "sum": 0})
    heads = all_rows.reset_index().groupby("number")["index"].first()
    labels = [pd.Index(df[name].iloc[heads.to_numpy(dtype=int)]) for name in keys]
    return table.set_axis(labels[0] if len(labels) == 1 else pd.MultiIndex.from_arrays(labels))
