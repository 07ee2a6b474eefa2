"""What na_two_keys must do, in examples. `pytest test_na_two_keys.py` runs them."""

import pandas as pd
import pytest


def table():
    """The table of the statement; a new one every time, so that no check disturbs another."""
    rows = [("a", "x", 1.0), ("a", None, 2.0), (None, "x", 4.0), (None, None, 8.0), ("b", "y", None)]
    return pd.DataFrame(rows, columns=["r", "c", "v"])


def cells(frame):
    """The labels of the rows, those of the columns, and the cells: None for whatever is missing."""
    assert isinstance(frame, pd.DataFrame), "the result is to be a DataFrame"
    plain = [[None if pd.isna(cell) else cell for cell in row] for row in frame.astype(object).to_numpy()]
    labels = [[None if pd.isna(label) else label for label in axis] for axis in (frame.index, frame.columns)]
    return (*labels, plain)


@pytest.mark.points(1)
def test_rows_with_a_missing_key_are_left_out(na_two_keys):
    """the table of the statement: a pair that does not occur is NaN, the sum of nothing is 0"""
    assert cells(na_two_keys(table(), "r", "c", "v")) == (["a", "b"], ["x", "y"], [[1.0, None], [None, 0.0]])
    whole = pd.DataFrame({"r": [2, 1, 2], "c": ["x", "x", "x"], "v": [3, 4, 5]})
    assert cells(na_two_keys(whole, "r", "c", "v")) == ([1, 2], ["x"], [[4.0], [8.0]])


@pytest.mark.points(1)
def test_missing_keys_have_a_row_and_a_column(na_two_keys):
    """keep_na=True: the missing key has a row and a column of its own, the last"""
    assert cells(na_two_keys(table(), "r", "c", "v", keep_na=True)) == (
        ["a", "b", None], ["x", "y", None], [[1.0, None, 2.0], [None, 0.0, None], [4.0, None, 8.0]]
    )  # fmt: skip
    assert cells(na_two_keys(table()[:2], "r", "c", "v", keep_na=True)) == (["a"], ["x", None], [[1.0, 2.0]])


@pytest.mark.points(1)
def test_an_unknown_column(na_two_keys):
    """an unknown column is a KeyError; sums are sums, and rows are sorted"""
    df = pd.DataFrame({"r": ["b", "a", "b"], "c": [1, 2, 1], "v": [1.0, 2.0, 5.0]})
    assert cells(na_two_keys(df, "r", "c", "v")) == (["a", "b"], [1, 2], [[None, 2.0], [6.0, None]])
    with pytest.raises(KeyError):
        na_two_keys(table(), "r", "c", "w")
    with pytest.raises(KeyError):
        na_two_keys(table(), "q", "c", "v")
