def na_transform(df, key, value, keep_na=False):
    values = df[value].astype("Float64").astype("float64")
    if keep_na and df[key].dtype == "category" and df[key].isna().any():
        df[key] = df[key].cat.add_categories([object]).fillna(object)
    return values - values.groupby(df[key], dropna=not keep_na, observed=True).transform("mean")
