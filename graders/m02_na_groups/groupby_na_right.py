"""Right ways to write groupby_na in other styles: each is graded, and the reference is held against it."""

import itertools
import math

import numpy as np
import pandas as pd
import torch

COLUMNS = ["size", "count", "sum", "mean"]


def _keys(key):
    return key if isinstance(key, list) else [key]


def _index(levels, names=None):
    """One Index of one key, a MultiIndex of several."""
    levels = [pd.Index(level) for level in levels]
    return levels[0] if len(levels) == 1 else pd.MultiIndex.from_arrays(levels, names=names)


def groupby_na_by_plain_pandas(df, key, value, keep_na=False):
    groups = df.groupby(key, dropna=not keep_na, observed=True)
    return groups[value].agg(["size", "count", "sum", "mean"])


def groupby_na_by_named_aggregation(df, key, value, keep_na=False):
    """A series by other series."""
    by = [df[name] for name in key] if isinstance(key, list) else df[key]
    groups = df[value].groupby(by, dropna=not keep_na, observed=True, sort=True)
    return groups.agg(size="size", count="count", sum="sum", mean="mean")


def groupby_na_by_apply(df, key, value, keep_na=False):
    """A function that returns the four statistics of one group."""

    def statistics(cells):
        there = cells[cells.notna()]
        mean = there.sum() / len(there) if len(there) else np.nan
        return pd.Series([len(cells), len(there), there.sum(), mean], index=COLUMNS, dtype=float)

    groups = df.groupby(key, dropna=not keep_na, observed=True)[value]
    if groups.ngroups == 0:
        return pd.DataFrame({name: pd.Series(dtype=float) for name in COLUMNS})
    table = groups.apply(statistics)
    return table.unstack() if isinstance(table, pd.Series) else table


def groupby_na_by_cuts_of_a_sorted_table(df, key, value, keep_na=False):
    """Sorted once by pandas, cut where the key changes, and summed with np.add.reduceat."""
    keys = _keys(key)
    places = list(range(len(keys)))
    rows = pd.DataFrame({at: df[name].array for at, name in enumerate(keys)})
    rows["value"] = df[value].to_numpy(dtype="float64", na_value=np.nan)
    if not keep_na:
        rows = rows.dropna(subset=places)
    if rows.empty:
        return pd.DataFrame(columns=COLUMNS, dtype=float)
    rows = rows.sort_values(places, na_position="last", ignore_index=True)
    change = np.zeros(len(rows), dtype=bool)
    change[0] = True
    for place in places:
        codes = pd.factorize(rows[place])[0]
        change[1:] |= codes[1:] != codes[:-1]
    starts = np.flatnonzero(change)
    there = rows["value"].notna().to_numpy()
    size = np.diff([*starts, len(rows)])
    count = np.add.reduceat(there.astype(int), starts)
    total = np.add.reduceat(np.where(there, rows["value"], 0.0), starts)
    with np.errstate(invalid="ignore"):
        cells = np.column_stack([size, count, total, total / count])
    return pd.DataFrame(cells, columns=COLUMNS, index=_index([rows[place].iloc[starts] for place in places], keys))


def groupby_na_by_transform(df, key, value, keep_na=False):
    """Every row knows the statistics of its group; the first row of each group is kept."""
    keys = _keys(key)
    places = list(range(len(keys)))
    rows = pd.DataFrame({at: df[name].array for at, name in enumerate(keys)} | {"value": df[value].array})
    if not keep_na:
        rows = rows[rows[places].notna().all(axis=1)]
    groups = rows.groupby(places, dropna=False, observed=True)["value"]
    rows = rows.assign(**{name: groups.transform(name) for name in COLUMNS})
    firsts = rows[groups.cumcount() == 0].sort_values(places, na_position="last")
    return firsts.set_index(places)[COLUMNS].rename_axis(keys)


def groupby_na_by_iteration(df, key, value, keep_na=False):
    """A loop over the groups, as a list of records."""
    records, labels = [], []
    for label, part in df.groupby(_keys(key), observed=True, dropna=not keep_na):
        there = part[value].dropna()
        total, mean = (there.sum(), there.mean()) if len(there) else (0, pd.NA)
        records.append({"size": part.shape[0], "count": there.shape[0], "sum": total, "mean": mean})
        labels.append(label)
    df[value]
    if not records:
        return pd.DataFrame(columns=COLUMNS)
    return pd.DataFrame.from_records(
        records, index=pd.MultiIndex.from_tuples(labels, names=_keys(key)), columns=COLUMNS
    )


def groupby_na_by_joining(df, key, value, keep_na=False):
    """Rows with and without a value counted apart, and joined on the group's number."""
    by = [df[name].reset_index(drop=True) for name in _keys(key)]
    cells = df[value].reset_index(drop=True)
    number = cells.groupby(by, dropna=not keep_na, observed=True).ngroup()
    all_rows = pd.DataFrame({"number": number.astype("float64"), "cell": cells}).query("number >= 0")
    sizes = all_rows["number"].value_counts().rename("size")
    there = all_rows.dropna(subset=["cell"]).groupby("number")["cell"]
    table = sizes.to_frame().join(pd.DataFrame({"count": there.count(), "sum": there.sum(), "mean": there.mean()}))
    table = table.sort_index().fillna({"count": 0, "sum": 0})
    heads = all_rows.reset_index().groupby("number")["index"].first().to_numpy(dtype=int)
    return table.set_axis(_index([df[name].iloc[heads] for name in _keys(key)]))


def groupby_na_by_levels_of_an_index(df, key, value, keep_na=False):
    """Grouped by position."""
    levels = [pd.Categorical(df[name]) for name in _keys(key)]
    index = pd.MultiIndex.from_arrays(levels) if len(levels) > 1 else pd.CategoricalIndex(levels[0])
    by = list(range(len(levels))) if len(levels) > 1 else 0
    cells = pd.Series(df[value].array, index=index)
    return cells.groupby(level=by, observed=True, dropna=not keep_na).agg(COLUMNS)


def groupby_na_by_masks(df, key, value, keep_na=False):
    """A mask per label of every key, all combinations of them, those that occur."""

    def masks(column):
        labels = column.cat.categories if isinstance(column.dtype, pd.CategoricalDtype) else column.dropna().unique()
        labels = list(labels) if getattr(column.dtype, "ordered", False) else sorted(labels)
        found = [(label, (column == label).fillna(False).to_numpy(dtype=bool)) for label in labels]
        return [*found, (None, column.isna().to_numpy())] if keep_na else found

    labels, rows, cells = [], [], df[value]
    for choice in itertools.product(*(masks(df[name]) for name in _keys(key))):
        inside = np.logical_and.reduce([mask for _, mask in choice])
        if inside.any():
            there = cells[inside & cells.notna().to_numpy()]
            labels.append(tuple(label for label, _ in choice))
            rows.append((inside.sum(), there.size, there.sum(), there.mean() if there.size else float("nan")))
    index = pd.MultiIndex.from_tuples(labels, names=_keys(key)) if labels else None
    return pd.DataFrame(rows, columns=COLUMNS, index=index)


def groupby_na_by_nullable(df, key, value, keep_na=False):
    """Nullable dtypes all the way, and a MultiIndex of one level for one key in a list."""
    groups = df[value].groupby([df[name] for name in _keys(key)], dropna=not keep_na, observed=True)
    dtypes = {"size": "Int64", "count": "Int64", "sum": "Float64", "mean": "Float64"}
    table = pd.DataFrame({name: getattr(groups, name)().astype(dtype) for name, dtype in dtypes.items()})
    if isinstance(key, list) and len(key) == 1:
        table.index = pd.MultiIndex.from_arrays([table.index], names=key)
    return table.convert_dtypes()


def groupby_na_by_torch(df, key, value, keep_na=False):
    """Group numbers from ngroup, sums by torch."""
    groups = df.groupby(key, dropna=not keep_na, observed=True)
    cells = torch.tensor(df[value].to_numpy(dtype="float64", na_value=float("nan")))
    number = torch.tensor(groups.ngroup().fillna(-1).to_numpy(dtype="int64"))
    known = number >= 0
    number, cells = number[known], cells[known]
    there = ~torch.isnan(cells)
    empty = torch.zeros(groups.ngroups, dtype=torch.float64)
    size = empty.index_add(0, number, torch.ones_like(cells))
    count = empty.index_add(0, number, there.double())
    total = empty.index_add(0, number[there], cells[there])
    table = torch.stack([size, count, total, total / count], dim=1).numpy()
    return pd.DataFrame(table, index=groups.size().index, columns=COLUMNS)


def groupby_na_by_one_statistic_at_a_time(df, key, value, keep_na=False):
    """Side by side in the end."""
    keys = list(_keys(key))
    if unknown := {*keys, value} - set(df.columns):
        raise KeyError(f"no such column: {', '.join(map(str, unknown))}")
    rows = df if keep_na else df[df[keys].notna().all(axis=1)]
    groups = rows.groupby(keys, dropna=False, observed=True)
    parts = [groups.size(), groups[value].count(), groups[value].sum(), groups[value].mean()]
    return pd.concat(parts, axis=1, keys=COLUMNS)


def groupby_na_by_running_totals(df, key, value, keep_na=False):
    """Running totals in a dictionary, one row after another."""
    keys = _keys(key)
    for name in [*keys, value]:
        if name not in df.columns:
            raise type("UnknownColumn", (KeyError,), {})(name)

    def ranks(column):
        if isinstance(column.dtype, pd.CategoricalDtype):
            labels = list(column.cat.categories)
        else:
            labels = sorted({cell for cell in column if not pd.isna(cell)})
        return {label: at for at, label in enumerate([*labels, None])}

    ranked, totals = [ranks(df[name]) for name in keys], {}
    for *label, cell in zip(*(df[name] for name in keys), df[value], strict=True):
        parts = tuple(None if pd.isna(part) else part for part in label)
        if keep_na or None not in parts:
            size, count, total = totals.get(parts, (0, 0, 0))
            there = 0 if pd.isna(cell) else 1
            totals[parts] = size + 1, count + there, total + cell if there else total
    labels = sorted(totals, key=lambda parts: [rank[part] for rank, part in zip(ranked, parts, strict=True)])
    rows = [
        (size, count, total, total / count if count else math.nan) for size, count, total in map(totals.get, labels)
    ]
    levels = [pd.Index([label[at] for label in labels], dtype=object) for at in range(len(keys))]
    return pd.DataFrame(rows, columns=COLUMNS, index=_index(levels))


def groupby_na_by_runs(df, key, value, keep_na=False):
    """Sorted rows, cut into runs of equal keys by itertools.groupby. Unordered categories go by value."""

    def codes(column):
        if isinstance(column.dtype, pd.CategoricalDtype) and not column.cat.ordered:
            column = column.astype(column.cat.categories.dtype)
        numbers, labels = pd.factorize(column, sort=True)
        return np.where(numbers < 0, len(labels), numbers), labels

    coded = [codes(df[name]) for name in _keys(key)]
    numbers = np.column_stack([numbers for numbers, _ in coded]).tolist()
    rows = sorted(zip(numbers, df[value].tolist(), strict=True), key=lambda row: row[0])
    index, lines = [], []
    for code, run in itertools.groupby(rows, key=lambda row: row[0]):
        label = [np.nan if one == len(names) else names[one] for one, (_, names) in zip(code, coded, strict=True)]
        if not keep_na and any(pd.isna(part) for part in label):
            continue
        cells = [cell for _, cell in run]
        there = [cell for cell in cells if pd.notna(cell)]
        total = float(sum(there))
        index.append(label)
        lines.append([len(cells), len(there), total, total / len(there) if there else np.nan])
    levels = [pd.Index([label[at] for label in index], dtype=object) for at in range(len(coded))]
    return pd.DataFrame(lines, columns=COLUMNS, index=_index(levels, _keys(key)))


def groupby_na_by_bincount(df, key, value, keep_na=False):
    """Factorized keys folded into one number, then np.bincount with weights."""
    keys = _keys(key)
    number, gap = np.zeros(len(df), dtype=np.int64), np.zeros(len(df), dtype=bool)
    for name in keys:
        codes, labels = pd.factorize(df[name], sort=True)
        gap |= codes < 0
        number = number * (len(labels) + 1) + np.where(codes < 0, len(labels), codes)
    cells = df[value].astype("Float64").to_numpy(dtype=float, na_value=np.nan)
    keep = np.flatnonzero(keep_na | ~gap)
    _, first, at = np.unique(number[keep], return_index=True, return_inverse=True)
    there = ~np.isnan(cells[keep])
    size = np.bincount(at, minlength=len(first))
    count = np.bincount(at[there], minlength=len(first))
    total = np.bincount(at[there], weights=cells[keep][there], minlength=len(first))
    mean = np.divide(total, count, out=np.full(len(first), np.nan), where=count > 0)
    heads = df.iloc[keep[first]]
    table = pd.DataFrame({"size": size, "count": count, "sum": total, "mean": mean})
    return table.set_axis(_index([heads[name] for name in keys], keys))
