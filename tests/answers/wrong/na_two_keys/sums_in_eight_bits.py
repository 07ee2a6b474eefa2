import numpy as np
import pandas as pd
def na_two_keys(df, row, column, value, keep_na=False):
    v = df[value]
    rc, ru = pd.factorize(df[row], sort=True)
    cc, cu = pd.factorize(df[column], sort=True)
    ok = np.ones(len(df), bool) if keep_na else (rc >= 0) & (cc >= 0)
    filled = v.fillna(0).to_numpy()
    rc, cc, filled = rc[ok], cc[ok], filled[ok]
    rc = np.where(rc < 0, len(ru), rc); cc = np.where(cc < 0, len(cu), cc)
    s, n = np.zeros((len(ru) + 1, len(cu) + 1), dtype=filled.dtype), np.zeros((len(ru) + 1, len(cu) + 1), int)
    np.add.at(s, (rc, cc), filled); np.add.at(n, (rc, cc), 1)
    s = np.where(n == 0, np.nan, s.astype(float))
    t = pd.DataFrame(s, index=[*ru, None], columns=[*cu, None])
    return t.loc[n.any(1), n.any(0)]
