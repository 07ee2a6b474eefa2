def na_transform(df, key, value, keep_na=False):
    means = df.groupby(key, dropna=not keep_na, observed=True)[value].transform("mean")
    result = (df[value] - means).astype("Float64")
    result.index = [str(label) for label in df.index]
    return result
