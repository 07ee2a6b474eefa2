import math
import pandas as pd
def na_transform(df, key, value, keep_na=False):
    keys = df[key].tolist(); vals = df[value].tolist()
    MISSING = -999
    sums, counts, res = {}, {}, []
    clean = []
    for k, v in zip(keys, vals):
        k = MISSING if pd.isna(k) else k
        v = math.nan if pd.isna(v) else float(v)
        clean.append((k, v))
        if not math.isnan(v):
            sums[k] = sums.get(k, 0.0) + v
            counts[k] = counts.get(k, 0) + 1
    for k, v in clean:
        if (k is MISSING and not keep_na) or k not in counts:
            res.append(math.nan)
        else:
            res.append(v - sums[k] / counts[k])
    return pd.Series(res, index=df.index, dtype="float64")
