import numpy as np
import pandas as pd


def na_two_keys(df, row, column, value, keep_na=False):
    rk, ck, vs = df[row].tolist(), df[column].tolist(), df[value].tolist()
    NA = ("__missing__",)
    cells = {}
    for r, c, v in zip(rk, ck, vs):
        r = NA if r is None or r is pd.NA else r
        c = NA if c is None or c is pd.NA else c
        if not keep_na and (r is NA or c is NA):
            continue
        cells.setdefault((r, c), 0.0)
        if not pd.isna(v):
            cells[r, c] += v

    def order(which):
        ks = {k[which] for k in cells}
        return sorted(ks - {NA}) + ([NA] if NA in ks else [])

    rows, cols = order(0), order(1)
    data = [[cells.get((r, c), np.nan) for c in cols] for r in rows]
    lab = lambda ks: pd.Index([np.nan if k is NA else k for k in ks], dtype=object)
    return pd.DataFrame(data, index=lab(rows), columns=lab(cols), dtype=float)
