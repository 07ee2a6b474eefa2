"""Wrong answers to groupby_na that learners really write. A docstring is the sentence that the learner reads."""

import numpy as np
import pandas as pd

_STATISTICS = ["size", "count", "sum", "mean"]


def _names(key):
    return key if isinstance(key, list) else [key]


def _groups(df, key, value, keep_na=False, **options):
    """The groups as they should be, but for what the options change."""
    for name in [*_names(key), value]:
        if name not in df.columns:
            raise KeyError(name)
    return df.groupby(key, **{"dropna": not keep_na, "observed": True} | options)[value]


def _right(df, key, value, keep_na=False):
    return _groups(df, key, value, keep_na).agg(_STATISTICS)


def dropna_first(df, key, value, keep_na=False):
    """A missing value is not a missing key: do not drop its row, which counts in size."""
    _groups(df, key, value)
    return _right(df.dropna(subset=[value]), key, value, keep_na)


def every_gap_dropped(df, key, value, keep_na=False):
    """df.dropna() drops rows for any gap, in any column; only a missing key takes a row out."""
    _groups(df, key, value)
    return _right(df if keep_na else df.dropna(), key, value, keep_na)


def sentinel(df, key, value, keep_na=False):
    """A text in place of missing keys can collide with a real key; groupby has dropna=False."""
    if not keep_na:
        return _right(df, key, value)
    _groups(df, key, value)
    filled = {name: df[name].astype(object).where(df[name].notna(), "missing") for name in _names(key)}
    return _right(df.assign(**filled), key, value)


def stringify(df, key, value, keep_na=False):
    """Keys became text: 10 sorts before 2, and a missing key is the text 'nan' or 'None'."""
    _groups(df, key, value)
    rows = df if keep_na else df.dropna(subset=_names(key))
    texts = {name: pd.Series([str(cell) for cell in rows[name]], rows.index, object) for name in _names(key)}
    return _right(rows.assign(**texts), key, value)


def size_count(df, key, value, keep_na=False):
    """size and count are swapped: size counts rows, count counts values that are there."""
    table = _right(df, key, value, keep_na)
    return table.assign(size=table["count"], count=table["size"])


def size_is_count(df, key, value, keep_na=False):
    """size is the number of rows; yours leaves out the rows whose value is missing."""
    return _right(df, key, value, keep_na).assign(size=lambda table: table["count"])


def count_is_size(df, key, value, keep_na=False):
    """count is the number of values that are there; yours also counts the missing ones."""
    return _right(df, key, value, keep_na).assign(count=lambda table: table["size"])


def agg_dropna(df, key, value, keep_na=False):
    """dropna is an argument of groupby, not of sum."""
    groups = _groups(df, key, value, keep_na)
    if keep_na:
        groups.sum(dropna=False)
    return groups.agg(_STATISTICS)


def eq_nan(df, key, value, keep_na=False):
    """NaN equals nothing, itself included: find missing keys with isna, not with ==."""
    table = _right(df, key, value, keep_na)
    empty = [any(pd.isna(part) for part in _parts(label)) for label in table.index]
    if not any(empty):
        return table
    table = table.astype("float64")
    table.loc[np.array(empty)] = [0.0, 0.0, 0.0, np.nan]
    return table


def _parts(label):
    return label if isinstance(label, tuple) else (label,)


def phantom(df, key, value, keep_na=False):
    """A category that never occurs is not a group: ask groupby for observed=True."""
    return _groups(df, key, value, keep_na, observed=False).agg(_STATISTICS)


def distinct_count(df, key, value, keep_na=False):
    """count is the number of values that are there, not of different values."""
    return _right(df, key, value, keep_na).assign(count=_groups(df, key, value, keep_na).nunique())


def stripped_text(df, key, value, keep_na=False):
    """Keys are taken as they are: 'a' and 'a ' differ, so do not strip blanks."""
    _groups(df, key, value)
    texts = {
        name: df[name].map(lambda cell: cell.strip() if isinstance(cell, str) else cell, na_action="ignore")
        for name in _names(key)
        if not isinstance(df[name].dtype, pd.CategoricalDtype)
    }
    return _right(df.assign(**texts), key, value, keep_na)


def folded_text(df, key, value, keep_na=False):
    """Keys are taken as they are: 'a' and 'A' differ, so do not change their case."""
    _groups(df, key, value)
    texts = {
        name: df[name].map(lambda cell: cell.lower() if isinstance(cell, str) else cell, na_action="ignore")
        for name in _names(key)
        if not isinstance(df[name].dtype, pd.CategoricalDtype)
    }
    return _right(df.assign(**texts), key, value, keep_na)


def truthy_values(df, key, value, keep_na=False):
    """0 is a value: ask isna whether one is missing, not whether it is true."""
    table = _right(df, key, value, keep_na)
    kept = df[value].where(df[value] != 0) if len(df) else df[value]
    count = _right(df.assign(**{value: kept}), key, value, keep_na)["count"]
    return table.assign(count=count, mean=table["sum"] / count.where(count > 0))


def truthy_keys(df, key, value, keep_na=False):
    """0 and '' are ordinary keys: ask isna whether a key is missing, not whether it is true."""
    _groups(df, key, value)
    keys = {
        name: df[name].where(~df[name].isin([0, ""]))
        for name in _names(key)
        if len(df) and not isinstance(df[name].dtype, pd.CategoricalDtype)
    }
    return _right(df.assign(**keys), key, value, keep_na)


def text_of_missing(df, key, value, keep_na=False):
    """'nan', 'None' and '' are texts like any other; only None, NaN, NA and NaT are missing."""
    _groups(df, key, value)
    texts = ["nan", "NaN", "None", "NaT", "<NA>", "NA", "N/A", "null", ""]
    keys = {
        name: df[name].where(~df[name].isin(texts))
        for name in _names(key)
        if len(df) and not isinstance(df[name].dtype, pd.CategoricalDtype)
    }
    return _right(df.assign(**keys), key, value, keep_na)


def nan_sum(df, key, value, keep_na=False):
    """The sum of a group without values is 0, as the sum of nothing."""
    return _right(df, key, value, keep_na).assign(sum=_groups(df, key, value, keep_na).sum(min_count=1))


def nan_spreads(df, key, value, keep_na=False):
    """One missing value made the whole sum missing: sum and mean pass over missing values."""
    table = _right(df, key, value, keep_na)
    full = table["size"] == table["count"]
    return table.assign(sum=table["sum"].where(full), mean=table["mean"].where(full))


def mean_over_size(df, key, value, keep_na=False):
    """The mean divides by count, not by size: missing values are no zeros."""
    return _right(df, key, value, keep_na).assign(mean=lambda table: table["sum"] / table["size"])


def zero_mean(df, key, value, keep_na=False):
    """The mean of a group without values is NaN; there is nothing to average."""
    return _right(df, key, value, keep_na).assign(mean=lambda table: table["mean"].fillna(0))


def zeros_for_missing(df, key, value, keep_na=False):
    """Filling missing values with 0 makes them count: pass over them."""
    _groups(df, key, value)
    return _right(df.assign(**{value: df[value].fillna(0)}), key, value, keep_na)


def valueless_group_dropped(df, key, value, keep_na=False):
    """A group whose values are all missing is still a group: its rows are there."""
    return _right(df, key, value, keep_na).query("count > 0")


def rounded(df, key, value, keep_na=False):
    """Nothing is to be rounded: give sum and mean with all their digits."""
    return _right(df, key, value, keep_na).round(2)


def dropped_duplicates(df, key, value, keep_na=False):
    """Equal rows are still rows: without duplicates, equal values of a group count once."""
    _groups(df, key, value)
    return _right(df[list(dict.fromkeys([*_names(key), value]))].drop_duplicates(), key, value, keep_na)


def infinite_missing(df, key, value, keep_na=False):
    """Infinity is a number: it is neither missing nor to be left out."""
    _groups(df, key, value)
    return _right(df.assign(**{value: df[value].replace([np.inf, -np.inf], np.nan)}), key, value, keep_na)


def always_na_group(df, key, value, keep_na=False):
    """Without a missing key there is no group of missing keys, even with keep_na=True."""
    table = _right(df, key, value, keep_na)
    if not keep_na or len(_names(key)) > 1 or df[_names(key)[0]].isna().any():
        return table
    nobody = pd.DataFrame([[0, 0, 0, np.nan]], index=[np.nan], columns=_STATISTICS)
    return pd.concat([table, nobody.astype(table.dtypes)])


def keep_na_ignored(df, key, value, keep_na=False):
    """keep_na=True must give the missing keys a group of their own."""
    return _right(df, key, value)


def keep_na_always(df, key, value, keep_na=False):
    """Unless keep_na is True, rows whose key is missing belong to no group."""
    return _right(df, key, value, keep_na=True)


def first_key_only(df, key, value, keep_na=False):
    """With several keys a row is left out when any of them is missing, not only the first."""
    _groups(df, key, value)
    rows = df if keep_na else df.dropna(subset=_names(key)[:1])
    return _right(rows, key, value, keep_na=True)


def all_keys_missing(df, key, value, keep_na=False):
    """With several keys a row is left out when any of them is missing, not only when all are."""
    _groups(df, key, value)
    rows = df if keep_na else df.dropna(subset=_names(key), how="all")
    return _right(rows, key, value, keep_na=True)


def one_na_group(df, key, value, keep_na=False):
    """Only the missing part of a key is missing: ('a', NaN) and ('b', NaN) are two groups."""
    names = _names(key)
    if not keep_na or len(names) == 1:
        return _right(df, key, value, keep_na)
    _groups(df, key, value)
    gap = df[names].isna().any(axis=1)
    return _right(df.assign(**{name: df[name].mask(gap) for name in names}), key, value, keep_na)


def unsorted(df, key, value, keep_na=False):
    """The groups come in the order of the rows; they should be sorted by key."""
    return _groups(df, key, value, keep_na, sort=False).agg(_STATISTICS)


def na_first(df, key, value, keep_na=False):
    """The group of missing keys comes last, after all others."""
    table = _right(df, key, value, keep_na)
    gaps = np.array([any(pd.isna(part) for part in _parts(label)) for label in table.index], dtype=bool)
    return pd.concat([table[gaps], table[~gaps]]) if gaps.any() else table


def columns_in_other_order(df, key, value, keep_na=False):
    """The columns are size, count, sum, mean, in this order."""
    return _right(df, key, value, keep_na)[["count", "mean", "size", "sum"]]


def keys_as_columns(df, key, value, keep_na=False):
    """The keys belong in the index; the only columns are size, count, sum and mean."""
    return _right(df, key, value, keep_na).reset_index()


def tuple_labels(df, key, value, keep_na=False):
    """Two or more keys need a MultiIndex with one level per key."""
    table = _right(df, key, value, keep_na)
    if isinstance(table.index, pd.MultiIndex):
        table.index = pd.Index(["-".join(map(str, label)) for label in table.index], dtype=object)
    return table


def table_changed(df, key, value, keep_na=False):
    """The table itself was changed: drop, fill and sort on a copy."""
    table = _right(df, key, value, keep_na)
    if keep_na:
        df.sort_values(_names(key), inplace=True)
    else:
        df.dropna(subset=_names(key), inplace=True)
    return table


def key_list_changed(df, key, value, keep_na=False):
    """The list of keys was changed: key + [value] makes a new one, append does not."""
    table = _right(df, key, value, keep_na)
    if isinstance(key, list):
        key.append(value)
    return table


def unknown_is_empty(df, key, value, keep_na=False):
    """An unknown column is a KeyError, not an empty result."""
    if not {*_names(key), value} <= set(df.columns):
        return pd.DataFrame(columns=_STATISTICS)
    return _right(df, key, value, keep_na)


def unknown_is_value_error(df, key, value, keep_na=False):
    """An unknown column is a KeyError, and no other exception."""
    if not {*_names(key), value} <= set(df.columns):
        raise ValueError(f"unknown column in {[*_names(key), value]}")
    return _right(df, key, value, keep_na)


def empty_refused(df, key, value, keep_na=False):
    """A table without rows is no error: it gives an empty result with the four columns."""
    if df.empty:
        raise ValueError("df is empty")
    return _right(df, key, value, keep_na)


def empty_without_columns(df, key, value, keep_na=False):
    """An empty result still has the four columns."""
    table = _right(df, key, value, keep_na)
    return table if len(table) else pd.DataFrame()


def matched_by_row_label(df, key, value, keep_na=False):
    """Keys and values were matched by the labels of the rows; these need not be 0, 1, 2 ..."""
    _groups(df, key, value)
    keys = [pd.Series(df[name].array, name=name) for name in _names(key)]
    return df[value].groupby(keys, dropna=not keep_na, observed=True).agg(_STATISTICS)
