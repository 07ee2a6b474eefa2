"""A slip is recognised by what was returned, whatever the axes of a table are called."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from winnow.diagnosis import show
from winnow.diagnosis.public_slips import Slip, recognised, text
from winnow.worker.observe import Observation

CALLED = "sums(df, 'r')"


def _table(*sums: float, name: str | None) -> pd.DataFrame:
    return pd.DataFrame({"x": sums}, index=pd.Index(["a", "b"], name=name))


@pytest.fixture
def slips(tmp_path: Path) -> Path:
    file = tmp_path / "sums_slips.toml"
    returned = {name: show.value(_table(1.5, 0.0, name=name)) for name in ("row", "key")}
    file.write_text(text([Slip(name, f"{name} is said", {CALLED: one}) for name, one in returned.items()]))
    return file


def test_the_axes_of_a_table_may_be_called_otherwise(slips: Path) -> None:
    for name in ("r", None):
        assert recognised(slips, [(CALLED, Observation(_table(1.5, 0.0, name=name)))]) == "row is said"


def test_of_two_slips_the_one_whose_axes_are_called_so_comes_first(slips: Path) -> None:
    assert recognised(slips, [(CALLED, Observation(_table(1.5, 0.0, name="key")))]) == "key is said"


def test_other_values_are_no_slip(slips: Path) -> None:
    assert recognised(slips, [(CALLED, Observation(_table(1.5, 2.0, name="row")))]) == ""
