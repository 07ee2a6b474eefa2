def na_transform(df, key, value, keep_na=False):
    means = df.groupby(key, dropna=not keep_na, observed=True)[value].transform("mean")
    return (df[value] - means).astype("Float64").sort_index()
