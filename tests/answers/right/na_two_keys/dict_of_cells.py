import math
import pandas as pd
def na_two_keys(df, row, column, value, keep_na=False):
    cells = {}
    NA = object()
    tag = lambda k: NA if pd.isna(k) else k
    for r, c, v in zip(df[row].tolist(), df[column].tolist(), df[value].tolist()):
        r, c = tag(r), tag(c)
        if not keep_na and NA in (r, c): continue
        cells[r, c] = cells.get((r, c), 0.0) + (0.0 if pd.isna(v) else float(v))
    def order(keys):
        keys = set(keys)
        return sorted(keys - {NA}) + [NA] * (NA in keys)
    rs, cs = order(r for r, _ in cells), order(c for _, c in cells)
    out = lambda ks: pd.Index([math.nan if k is NA else k for k in ks], dtype=object)
    return pd.DataFrame([[cells.get((r, c), math.nan) for c in cs] for r in rs], index=out(rs), columns=out(cs), dtype=float)
