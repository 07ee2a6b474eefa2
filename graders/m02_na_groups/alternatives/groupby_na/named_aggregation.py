"""Named aggregation of a series by other series."""


def groupby_na(df, key, value, keep_na=False):
    by = [df[name] for name in key] if isinstance(key, list) else df[key]
    groups = df[value].groupby(by, dropna=not keep_na, observed=True, sort=True)
    return groups.agg(size="size", count="count", sum="sum", mean="mean")
