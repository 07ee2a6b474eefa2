def na_transform(df, key, value, keep_na=False):
    g = df.groupby(key, dropna=not keep_na, observed=True)[value]
    df[value] = df[value].astype(float)
    return (df[value] - g.transform("mean")).astype(float)
