"""Right ways to write na_transform in other styles."""

import numpy as np
import pandas as pd


def na_transform_by_transform(df, key, value, keep_na=False):
    """pandas spreads the mean of each group over its rows."""
    values = df[value].astype("Float64").astype(np.float64)
    if len(df) == 0:
        df[key]
        return values
    keys = df[key].reset_index(drop=True)
    means = values.reset_index(drop=True).groupby(keys, dropna=not keep_na, observed=True).transform("mean")
    return pd.Series(values.to_numpy() - means.to_numpy(dtype=float), index=df.index)


def na_transform_by_loop(df, key, value, keep_na=False):
    keys, numbers = list(df[key]), [np.nan if pd.isna(one) else float(one) for one in df[value]]
    groups = {}
    for place, label in enumerate(keys):
        missing = bool(pd.isna(label))
        if not missing or keep_na:
            groups.setdefault((missing, None if missing else label), []).append(place)
    result = [np.nan] * len(df)
    for places in groups.values():
        there = [numbers[at] for at in places if not np.isnan(numbers[at])]
        for at in places:
            result[at] = numbers[at] - sum(there) / len(there) if there else np.nan
    return pd.Series(result, index=df.index, dtype=np.float64)


def na_transform_by_masks(df, key, value, keep_na=False):
    """One group after another, as a mask over all rows."""
    keys, values = df[key], pd.to_numeric(df[value]).to_numpy(dtype=float, na_value=np.nan)
    missing = keys.isna().to_numpy()
    result = np.full(len(df), np.nan)
    for label in keys[~missing].unique():
        rows = ~missing & (keys == label).fillna(False).to_numpy(dtype=bool)
        if not np.isnan(values[rows]).all():
            result[rows] = values[rows] - np.nanmean(values[rows])
    if keep_na and not np.isnan(values[missing]).all():
        result[missing] = values[missing] - np.nanmean(values[missing])
    return pd.Series(result, index=df.index, name=value)


def na_transform_by_mapping(df, key, value, keep_na=False):
    """Numbers for the groups, a table of means, and a look-up."""
    numbers = pd.Series(pd.factorize(df[key], use_na_sentinel=not keep_na)[0])
    values = pd.Series(df[value].to_numpy(dtype=float, na_value=np.nan))
    means = values[numbers >= 0].groupby(numbers[numbers >= 0]).mean()
    return (values - numbers.map(means)).astype(float).set_axis(df.index)


def na_transform_by_nullable(df, key, value, keep_na=False):
    keys, values = df[key].reset_index(drop=True), df[value].reset_index(drop=True).astype("Float64")
    wanted = keys.notna()
    result = pd.Series(pd.NA, index=keys.index, dtype="Float64")
    if wanted.any():
        known = keys[wanted]
        result[wanted] = values[wanted] - values[wanted].groupby(known, observed=True).transform("mean")
    if keep_na and (~wanted).any():
        result[~wanted] = values[~wanted] - values[~wanted].mean()
    return result.set_axis(df.index)


def na_transform_by_joining(df, key, value, keep_na=False):
    flat = pd.DataFrame({"group": pd.factorize(df[key])[0], "value": df[value].to_numpy(dtype=float, na_value=np.nan)})
    if not keep_na:
        flat.loc[flat["group"] < 0, "value"] = np.nan
    means = flat.groupby("group", as_index=False)["value"].mean().rename(columns={"value": "mean"})
    joined = flat.merge(means, on="group", how="left")
    return pd.Series((joined["value"] - joined["mean"]).to_numpy(), index=df.index)
