"""Worked examples of groupby_na."""

import pandas as pd
import pytest


def rain():
    """A small table with gaps in keys and values; a new one every time, so that no check disturbs another."""
    return pd.DataFrame(
        {
            "city": ["Seoul", "Jeju", None, "Seoul", "Busan", None],
            "year": [2020, 2021, 2020, 2021, 2020, None],
            "rain": [1.0, 4.0, 2.0, None, None, 0.5],
            "note": [None, "storm", None, None, "dry", None],
        }
    )


def rows(table):
    """The table as a list of (key, ..., size, count, sum, mean): None for whatever is missing."""
    assert isinstance(table, pd.DataFrame), "the result is to be a DataFrame"
    assert list(table.columns) == ["size", "count", "sum", "mean"]
    keys = [label if isinstance(label, tuple) else (label,) for label in table.index]
    cells = table.astype(object).to_numpy().tolist()
    lines = [(*label, *row) for label, row in zip(keys, cells, strict=True)]
    return [tuple(None if pd.isna(cell) else cell for cell in line) for line in lines]


@pytest.mark.points(1)
def test_missing_keys_are_left_out(groupby_na):
    """the worked example in the statement: rows without a key belong to no group"""
    few = pd.DataFrame({"city": ["Seoul", "Jeju", None, "Seoul"], "rain": [1.0, 4.0, 2.0, None]})
    assert rows(groupby_na(few, "city", "rain")) == [("Jeju", 1, 1, 4.0, 4.0), ("Seoul", 2, 1, 1.0, 1.0)]
    whole = pd.DataFrame({"shop": ["b", "a", "b", "a"], "sold": [3, 1, 4, 1]})
    assert rows(groupby_na(whole, "shop", "sold")) == [("a", 2, 2, 2, 1.0), ("b", 2, 2, 7, 3.5)]


@pytest.mark.points(1)
def test_missing_keys_form_a_group(groupby_na):
    """keep_na=True: the rows without a key form a group of their own, the last"""
    assert rows(groupby_na(rain(), "city", "rain", keep_na=True)) == [
        ("Busan", 1, 0, 0, None),
        ("Jeju", 1, 1, 4.0, 4.0),
        ("Seoul", 2, 1, 1.0, 1.0),
        (None, 2, 2, 2.5, 1.25),
    ]
    assert rows(groupby_na(rain()[:2], "city", "rain", keep_na=True)) == [
        ("Jeju", 1, 1, 4.0, 4.0),
        ("Seoul", 1, 1, 1.0, 1.0),
    ]


@pytest.mark.points(0.5)
def test_two_keys(groupby_na):
    """two keys: a row belongs to no group when either is missing"""
    assert rows(groupby_na(rain(), ["city", "year"], "rain")) == [
        ("Busan", 2020, 1, 0, 0, None),
        ("Jeju", 2021, 1, 1, 4.0, 4.0),
        ("Seoul", 2020, 1, 1, 1.0, 1.0),
        ("Seoul", 2021, 1, 0, 0, None),
    ]
    assert rows(groupby_na(rain(), ["year", "city"], "rain", keep_na=True)) == [
        (2020, "Busan", 1, 0, 0, None),
        (2020, "Seoul", 1, 1, 1.0, 1.0),
        (2020, None, 1, 1, 2.0, 2.0),
        (2021, "Jeju", 1, 1, 4.0, 4.0),
        (2021, "Seoul", 1, 0, 0, None),
        (None, None, 1, 1, 0.5, 0.5),
    ]


@pytest.mark.points(0.5)
def test_an_unknown_column(groupby_na):
    """a column that is not there: KeyError"""
    assert rows(groupby_na(rain()[:1], "city", "rain")) == [("Seoul", 1, 1, 1.0, 1.0)]
    assert rows(groupby_na(rain()[:3], "year", "rain")) == [(2020, 2, 2, 3.0, 1.5), (2021, 1, 1, 4.0, 4.0)]
    with pytest.raises(KeyError):
        groupby_na(rain(), "country", "rain")
    with pytest.raises(KeyError):
        groupby_na(rain(), "city", "snow")
