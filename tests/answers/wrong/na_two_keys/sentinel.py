def na_two_keys(df, row, column, value, keep_na=False):
    if keep_na: df = df.assign(**{row: df[row].fillna("NA") if df[row].dtype.kind not in "if" else df[row], column: df[column].fillna("NA") if df[column].dtype.kind not in "if" else df[column]})
    s = df.groupby([row, column], dropna=not keep_na)[value].sum()
    t = s.unstack()
    return t.sort_index(axis=0).sort_index(axis=1)
