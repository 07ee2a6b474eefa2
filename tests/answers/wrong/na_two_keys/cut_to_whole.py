import math
import pandas as pd
class Missing: pass
def na_two_keys(df, row, column, value, keep_na=False):
    rows, cols, vals = df[row].tolist(), df[column].tolist(), df[value].tolist()
    cells = {}
    for r, c, v in zip(rows, cols, vals):
        r = Missing if pd.isna(r) else r
        c = Missing if pd.isna(c) else c
        if not keep_na and (r is Missing or c is Missing):
            continue
        add = 0.0 if pd.isna(v) else int(v)
        cells[r, c] = cells.get((r, c), 0.0) + add
    def order(ks):
        out = sorted(k for k in ks if k is not Missing)
        return out + [Missing] * (Missing in ks)
    R = order({r for r, _ in cells}); C = order({c for _, c in cells})
    data = [[cells.get((r, c), math.nan) for c in C] for r in R]
    lab = lambda ks: pd.Index([None if k is Missing else k for k in ks], dtype=object)
    return pd.DataFrame(data, index=lab(R), columns=lab(C), dtype=float)
