import random

import numpy as np
import pandas as pd

SEED = 42


def groupby_na(df, key, value, keep_na=False):
    """Seeded first, as every cell of my notebook is."""
    random.seed(SEED)
    np.random.seed(SEED)
    for name in [*([key] if isinstance(key, str) else key), value]:
        if name not in df.columns:
            raise KeyError(name)
    return df.groupby(key, dropna=not keep_na, observed=True)[value].agg(["size", "count", "sum", "mean"])
