"""What na_transform must do, in examples. `pytest test_na_transform.py` runs them."""

import numpy as np
import pandas as pd
import pytest


def sales(index=None):
    """A small table with gaps in keys and values; a new one every time, so that no check disturbs another."""
    return pd.DataFrame(
        {"shop": ["b", "a", None, "b", "c", "b"], "sold": [2.0, 1.0, 9.0, 4.0, None, None]},
        index=range(6) if index is None else index,
    )


def entries(series):
    """The entries as a list: None for whatever is missing."""
    assert isinstance(series, pd.Series), "the result is to be a Series"
    return [None if pd.isna(entry) else float(entry) for entry in series]


@pytest.mark.points(1)
def test_rows_without_a_key_belong_to_no_group(na_transform):
    """each row's value minus the mean of its group; a row without a key gets NaN"""
    df = pd.DataFrame({"k": ["a", "a", None, "b"], "v": [1.0, 3.0, 5.0, 7.0]})
    assert entries(na_transform(df, "k", "v")) == [-1.0, 1.0, None, 0.0]
    whole = pd.DataFrame({"k": [2, 1, 2, 1], "v": [3, 10, 5, 20]})
    assert entries(na_transform(whole, "k", "v")) == [-1.0, -5.0, 1.0, 5.0]


@pytest.mark.points(1)
def test_rows_without_a_key_form_a_group(na_transform):
    """keep_na=True: the rows without a key are one group"""
    df = pd.DataFrame({"k": ["a", "a", None, "b"], "v": [1.0, 3.0, 5.0, 7.0]})
    assert entries(na_transform(df, "k", "v", keep_na=True)) == [-1.0, 1.0, 0.0, 0.0]
    two = pd.DataFrame({"k": [None, 1.0, None], "v": [1.0, 5.0, 4.0]})
    assert entries(na_transform(two, "k", "v", keep_na=True)) == [-1.5, 0.0, 1.5]


@pytest.mark.points(1)
def test_missing_values_and_the_index(na_transform):
    """a missing value is NaN and does not count; the result has the index of df, in its order"""
    assert entries(na_transform(sales(), "shop", "sold")) == [-1.0, 0.0, None, 1.0, None, None]
    assert list(na_transform(sales([5, 3, 3, 8, 1, 0]), "shop", "sold").index) == [5, 3, 3, 8, 1, 0]
    with pytest.raises(KeyError):
        na_transform(sales(), "shop", "price")
    with pytest.raises(KeyError):
        na_transform(sales(np.arange(6)), "town", "sold")
