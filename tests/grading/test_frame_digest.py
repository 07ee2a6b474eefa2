"""Answers are remembered by their bytes: other answers must not have the same."""

from __future__ import annotations

from winnow.grading.handed_in import _digest


def test_the_same_bytes_cut_elsewhere_are_another_answer() -> None:
    assert _digest((b'{"values":[]}', b" tail")) != _digest((b'{"values":[]} ', b"tail"))
