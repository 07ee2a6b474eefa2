def groupby_na(df, key, value, keep_na=False):
    df.reset_index(drop=True, inplace=True)  # duplicate labels would disturb the alignment
    values = df[value]
    by = [df[k] for k in key] if isinstance(key, list) else df[key]
    return values.groupby(by, dropna=not keep_na, observed=True).agg(["size", "count", "sum", "mean"])
