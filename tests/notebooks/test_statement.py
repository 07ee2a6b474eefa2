"""Statements as Markdown read as they do in a file: nothing is taken for markup, and there is no needless backslash."""

from __future__ import annotations

import re
from pathlib import Path

import mistune
import pytest

from winnow.course import load
from winnow.notebooks.statement import escaped, statement

COURSE = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "text",
    ["the mean of |y_true - y_pred|", "pos[partner[i]] of shape (B, N)", "0 <= p < 1", "K >= 1 and dtype #2",
     "log_var, d_out", "delta * (|r| - 1)", "b[None]: largest"],
)  # fmt: skip
def test_what_means_nothing_needs_no_backslash(text: str) -> None:
    assert escaped(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "2 * x * y",
        "r**2 and x**2",
        "_x_ and __init__",
        "a[0](b)",
        "a <b> c",
        "# one",
        "> two",
        "[a]: b",
        "$3 or $4",
        "a\\*",
    ],
)
def test_what_would_mean_something_is_shown_as_it_is(text: str) -> None:
    shown = re.sub(r"<[^<>]*>", "", str(mistune.html(escaped(text)))).strip()
    assert shown.replace("&lt;", "<").replace("&gt;", ">") == text


def test_no_statement_has_a_backslash_within_a_name() -> None:
    for exercise in load(COURSE).exercises:
        assert not re.search(r"\w\\_\w", statement(exercise)), exercise.id
