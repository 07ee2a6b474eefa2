"""An exception that may come of a version says which one grades."""

from __future__ import annotations

from importlib.metadata import version

import pytest

from winnow.diagnosis.versions import grader_has


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("AttributeError", "'DataFrame' object has no attribute 'append'"),
        ("AttributeError", "'DataFrameGroupBy' object has no attribute 'mad'"),
        ("AttributeError", "module 'pandas' has no attribute 'Float64Index'"),
        ("ImportError", "cannot import name 'Panel' from 'pandas.core.api' (/x/api.py)"),
        ("ModuleNotFoundError", "No module named 'pandas.io.clipboard2'"),
        ("TypeError", "NDFrame.fillna() got an unexpected keyword argument 'method'"),
    ],
)
def test_what_pandas_has_not_is_told_with_its_version(kind: str, text: str) -> None:
    assert grader_has(kind, text) == f"the grader has pandas {version('pandas')}"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("AttributeError", "'DataFrame' object has no attribute 'price'"),
        ("AttributeError", "module 'mine' has no attribute 'x'"),
        ("ModuleNotFoundError", "No module named 'pandas'"),
        ("ModuleNotFoundError", "No module named 'seaborn.objects'"),
        ("TypeError", "Loss.mae() got an unexpected keyword argument 'method'"),
        ("ValueError", "module 'math' has no attribute 'x'"),
    ],
)
def test_no_other_exception_is_blamed_on_a_version(kind: str, text: str) -> None:
    assert grader_has(kind, text) == ""
