"""The record of a check that ran."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from winnow.diagnosis.model import Finding
from winnow.grading.ran import LONGEST, Check, Ran, result


@pytest.mark.parametrize("letters", ["word ", "w" * 5])
def test_a_sentence_that_is_too_long_ends_with_a_whole_word(letters: str) -> None:
    item: Any = SimpleNamespace(name="test_it")
    ran = Ran(Check(item, SimpleNamespace(), "hidden", 1.0, "it"), "failed")  # type: ignore[arg-type]
    why = result(ran, Finding(letters * 1000)).why
    assert LONGEST - len(letters) - 2 <= len(why) <= LONGEST
    assert why.endswith(f"{letters.strip()} …")
    assert result(ran, Finding("short")).why == "short"
