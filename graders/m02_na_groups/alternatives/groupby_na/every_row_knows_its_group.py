"""transform writes the statistics beside every row; the first row of each group is kept."""

import pandas as pd


def groupby_na(df, key, value, keep_na=False):
    keys = key if isinstance(key, list) else [key]
    rows = pd.DataFrame({at: df[name].array for at, name in enumerate(keys)})
    rows["value"] = df[value].array
    places = list(range(len(keys)))
    if not keep_na:
        rows = rows[rows[places].notna().all(axis=1)]
    groups = rows.groupby(places, dropna=False, observed=True)["value"]
    names = ["size", "count", "sum", "mean"]
    rows = rows.assign(**{name: groups.transform(name) for name in names})
    firsts = rows[groups.cumcount() == 0].sort_values(places, na_position="last")
    return firsts.set_index(places)[names].rename_axis(keys)
