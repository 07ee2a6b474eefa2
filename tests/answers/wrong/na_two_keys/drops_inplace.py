def na_two_keys(df, row, column, value, keep_na=False):
    if not keep_na: df.dropna(subset=[row, column], inplace=True)
    s = df.groupby([row, column], dropna=not keep_na)[value].sum()
    t = s.unstack()
    return t.sort_index(axis=0).sort_index(axis=1)
