import math
import pandas as pd
def na_transform(df, key, value, keep_na=False):
    keys, values = df[key].tolist(), df[value].tolist()
    tag = [("missing",) if pd.isna(k) else ("key", k) for k in keys]
    total, number = {}, {}
    for t, v in zip(tag, values):
        if not pd.isna(v):
            total[t] = total.get(t, 0.0) + float(v)
            number[t] = number.get(t, 0) + 1
    out = []
    for t, v in zip(tag, values):
        known = not pd.isna(v) and (keep_na or len(t) == 2)
        out.append(float(v) - total[t] / number[t] if known else math.nan)
    return pd.Series(out, index=df.index, dtype="float64")
