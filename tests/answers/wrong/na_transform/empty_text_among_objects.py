import numpy as np
import pandas as pd

def na_transform(df, key, value, keep_na=False):
    if df[key].dtype == object:
        df = df.assign(**{key: df[key].replace({'': None})})
    means = df.groupby(key, dropna=not keep_na, observed=True)[value].transform("mean")
    return (df[value] - means).astype("Float64")
