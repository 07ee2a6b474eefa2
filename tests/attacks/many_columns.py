"""Attack, family 5: a small table of so many columns that it takes long to build, for each check anew."""
import numpy as np
import pandas as pd


def groupby_na(df, *args, **kwargs):
    return pd.DataFrame(np.zeros((0, 60_000)))
