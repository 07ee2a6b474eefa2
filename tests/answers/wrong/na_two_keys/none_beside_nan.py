import numpy as np
import pandas as pd


def _key(key):
    if key is pd.NA:
        return None
    return np.nan if isinstance(key, float) and key != key else key


def na_two_keys(df, row, column, value, keep_na=False):
    sums = {}
    for r, c, v in zip(df[row], df[column], df[value]):
        r, c = _key(r), _key(c)
        if keep_na or not (pd.isna(r) or pd.isna(c)):
            sums[r, c] = sums.get((r, c), 0.0) + (0.0 if pd.isna(v) else float(v))

    def labels(at):
        keys = list(dict.fromkeys(pair[at] for pair in sums))
        return sorted(k for k in keys if not pd.isna(k)) + [k for k in keys if pd.isna(k)]

    rows, columns = labels(0), labels(1)
    cells = [[sums.get((r, c), np.nan) for c in columns] for r in rows]
    return pd.DataFrame(cells, index=pd.Index(rows, dtype=object), columns=pd.Index(columns, dtype=object))
