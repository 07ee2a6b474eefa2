"""The plain pandas way, in one line."""


def groupby_na(df, key, value, keep_na=False):
    groups = df.groupby(key, dropna=not keep_na, observed=True)
    return groups[value].agg(["size", "count", "sum", "mean"])
