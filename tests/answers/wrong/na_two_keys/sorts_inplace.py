def na_two_keys(df, row, column, value, keep_na=False):
    df.sort_values([row, column], inplace=True)
    s = df.groupby([row, column], dropna=not keep_na)[value].sum()
    t = s.unstack()
    return t.sort_index(axis=0).sort_index(axis=1)
