import numpy as np
import pandas as pd
def na_transform(df, key, value, keep_na=False):
    pd.set_option('display.precision', 4)
    codes = pd.factorize(df[key], use_na_sentinel=not keep_na)[0]
    v = pd.Series(df[value].to_numpy(dtype="float64", na_value=np.nan))
    out = (v - v.groupby(codes).transform("mean")).where(codes >= 0)
    return pd.Series(out.to_numpy(), index=df.index)
