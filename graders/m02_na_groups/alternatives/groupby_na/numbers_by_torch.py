"""Group numbers from ngroup, sums by torch."""

import pandas as pd
import torch


def groupby_na(df, key, value, keep_na=False):
    groups = df.groupby(key, dropna=not keep_na, observed=True)
    cells = torch.tensor(df[value].to_numpy(dtype="float64", na_value=float("nan")))
    number = torch.tensor(groups.ngroup().fillna(-1).to_numpy(dtype="int64"))
    known = number >= 0
    number, cells = number[known], cells[known]
    there = ~torch.isnan(cells)
    empty = torch.zeros(groups.ngroups, dtype=torch.float64)
    size = empty.index_add(0, number, torch.ones_like(cells))
    count = empty.index_add(0, number, there.double())
    total = empty.index_add(0, number[there], cells[there])
    table = torch.stack([size, count, total, total / count], dim=1).numpy()
    index = groups.size().index
    return pd.DataFrame(table, index=index, columns=["size", "count", "sum", "mean"])
