"""Right ways to write na_two_keys in other styles."""

import numpy as np
import pandas as pd


def _parts(df, row, column, value):
    return [df[name].reset_index(drop=True) for name in (row, column, value)]


def na_two_keys_by_loop(df, row, column, value, keep_na=False):
    sums = {}
    for r, c, v in zip(*(df[name].tolist() for name in (row, column, value)), strict=True):
        pair = tuple((bool(pd.isna(key)), None if pd.isna(key) else key) for key in (r, c))
        if keep_na or not (pair[0][0] or pair[1][0]):
            sums[pair] = sums.get(pair, 0.0) + (0.0 if pd.isna(v) else float(v))

    def ordered(at):
        keys = {pair[at] for pair in sums}
        return sorted(key for key in keys if not key[0]) + sorted(key for key in keys if key[0])

    rows, columns = ordered(0), ordered(1)
    data = [[sums.get((r, c), np.nan) for c in columns] for r in rows]
    axes = [pd.Index([key for _, key in keys], dtype=object) for keys in (rows, columns)]
    return pd.DataFrame(data, index=axes[0], columns=axes[1], dtype=float)


def na_two_keys_by_pivot(df, row, column, value, keep_na=False):
    table = df[[row, column]].assign(**{"sum of it": df[value].fillna(0)})
    if not keep_na:
        table = table.dropna(subset=[row, column])
    sums = table.groupby([row, column], dropna=False, observed=True, as_index=False)["sum of it"].sum()
    wide = sums.pivot(index=row, columns=column, values="sum of it")
    return wide.sort_index(na_position="last").sort_index(axis="columns", na_position="last")


def na_two_keys_by_codes(df, row, column, value, keep_na=False):
    """Both keys as numbers, and the sums by bincount."""
    r, c, v = _parts(df, row, column, value)
    if not keep_na:
        there = r.notna() & c.notna()
        r, c, v = r[there], c[there], v[there]
    codes, labels = [], []
    for keys in (r, c):
        numbers, known = pd.factorize(keys, sort=True)
        missing = numbers < 0
        names = list(known) + [np.nan] * bool(missing.any())
        codes.append(np.where(missing, len(known), numbers))
        labels.append(pd.Index(names, dtype=object))
    if len(r) == 0:
        return pd.DataFrame()
    shape = tuple(map(len, labels))
    flat = np.ravel_multi_index(codes, shape)
    sums = np.bincount(flat, v.fillna(0).to_numpy(dtype=float), minlength=shape[0] * shape[1])
    times = np.bincount(flat, minlength=len(sums))
    return pd.DataFrame(np.where(times > 0, sums, np.nan).reshape(shape), *labels)


def na_two_keys_by_columns(df, row, column, value, keep_na=False):
    """One column of the result at a time."""
    r, c, v = _parts(df, row, column, value)
    there = pd.Series(True, index=r.index) if keep_na else r.notna() & c.notna()
    r, c, v = r[there], c[there], v[there]

    def keys_of(keys):
        return [*sorted(keys.dropna().unique()), *([None] if keys.isna().any() else [])]

    def rows_of(keys, key):
        return keys.isna() if key is None else (keys == key).fillna(False).astype(bool)

    result = {}
    for at, name in enumerate(keys_of(c)):
        of_column = rows_of(c, name)
        column_sums = []
        for key in keys_of(r):
            pair = of_column & rows_of(r, key)
            column_sums.append(v[pair].sum() if pair.any() else np.nan)
        result[at] = column_sums
    frame = pd.DataFrame(result, index=pd.Index(keys_of(r), dtype=object))
    return frame.set_axis(pd.Index(keys_of(c), dtype=object), axis=1)


def na_two_keys_by_masking(df, row, column, value, keep_na=False):
    """Sums with 0 everywhere, and then NaN where the count of rows is 0."""
    r, c, v = _parts(df, row, column, value)
    if not keep_na:
        there = r.notna() & c.notna()
        r, c, v = r[there], c[there], v[there]
    grouped = v.groupby([r.rename("r"), c.rename("c")], dropna=False, observed=True)
    size, total = grouped.size().unstack(fill_value=0), grouped.sum().unstack(fill_value=0)
    wide = total.astype(float).mask(size.to_numpy() == 0)
    return wide.sort_index(axis=0, na_position="last").sort_index(axis=1, na_position="last")


def na_two_keys_by_aggregation(df, row, column, value, keep_na=False):
    pairs = pd.DataFrame(dict(zip(("r", "c", "v"), _parts(df, row, column, value), strict=True)))
    sums = pairs.groupby(["r", "c"], dropna=not keep_na, observed=True).agg(total=("v", lambda one: one.dropna().sum()))
    wide = sums["total"].unstack(level="c")
    order = [np.argsort([bool(pd.isna(key)) for key in axis], kind="stable") for axis in (wide.index, wide.columns)]
    wide = wide.iloc[order[0], order[1]]
    known = [key for key in wide.columns if not pd.isna(key)]
    places = sorted(range(len(known)), key=known.__getitem__) + list(range(len(known), wide.shape[1]))
    return wide.iloc[:, places]
