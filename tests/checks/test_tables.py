"""What is told of two tables that differ is a sentence, and true."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from winnow.checks import compare
from winnow.checks.calls import Batch, Call
from winnow.worker import wire
from winnow.worker.observe import Request

TABLE = pd.DataFrame({"size": [1.0, 2.0], "b": [1, 2]})
SERIES, INDEX = pd.Series([1.0, 2.0]), pd.Index([1, 3])
WORDS = pd.MultiIndex.from_arrays([["a", "b"]])
GAPS = pd.MultiIndex.from_arrays([pd.array([1, None], dtype="Int64")])


@pytest.mark.parametrize(
    ("got", "want", "told"),
    [
        (TABLE[:1], TABLE, "the shape of the result is wrong"),
        (TABLE.rename(columns={"b": "c"}), TABLE, "the columns are wrong"),
        (TABLE.set_axis([5, 6]), TABLE, "the index is wrong"),
        (TABLE.rename_axis("key"), TABLE, "the name of the index is wrong"),
        (TABLE.set_axis(["x", "y"]), TABLE, "the dtype of the index is wrong"),
        (TABLE.assign(size=[1.0, 3.0]), TABLE, "the column size is wrong"),
        (TABLE.assign(size=[1.0, 3.0]).set_axis(pd.Index([0, 1], dtype=object)), TABLE, "the column size is wrong"),
        (TABLE.assign(size=[1, 2], b=[1, 3]).rename_axis("key"), TABLE, "the column b is wrong"),
        ((SERIES + 1).rename("s"), SERIES, "the values are wrong"),
        (TABLE.assign(size=[1, 2]), TABLE, "the dtype of the column size is wrong"),
        (SERIES[:1], SERIES, "the length of the result is wrong"),
        (SERIES + 1, SERIES, "the values are wrong"),
        (SERIES.astype(int), SERIES, "the dtype of the result is wrong"),
        (SERIES.rename("s"), SERIES, "the name of the result is wrong"),
        (INDEX[:1], INDEX, "the length of the index is wrong"),
        (INDEX + 1, INDEX, "the index is wrong"),
        (TABLE.set_axis(GAPS), TABLE.set_axis(WORDS), "the dtype of the index is wrong"),
        (TABLE.set_axis(WORDS), TABLE.set_axis(GAPS), "the dtype of the index is wrong"),
        (TABLE.set_axis(GAPS), TABLE.set_axis(GAPS.copy()), None),
        (TABLE.copy(), TABLE, None),
    ],
)
def test_tables_that_differ_are_told_of_in_a_sentence(got: Any, want: Any, told: str | None) -> None:
    assert compare.close(got, want) == told


def test_what_is_asked_of_a_table_changes_it_for_nobody_else() -> None:
    df = pd.DataFrame({"k": ["a", None], "n": pd.array([1, None], dtype="Int64"), "c": pd.Categorical(["x", "y"])})
    batch = Batch(Request("f"), [Call((df.set_axis([7, 7]), "k"), {"keep_na": True})])
    (((first, _), _),) = batch.fresh()
    first["k"] = "changed"
    first.loc[7, "n"] = 5
    first.index.name, first.attrs["by"] = "changed", "me"
    (((second, _), _),) = batch.fresh()
    ((arrived, _), _), *_ = wire.unpack_frame(batch.body, trusted=True)[0]
    pd.testing.assert_frame_equal(second, arrived)
    assert second.index.name is None
    assert not second.attrs


def test_an_array_beside_a_table_lies_in_memory_as_it_was_sent() -> None:
    backwards = np.arange(3.0)[::-1]
    (((_, array), _),) = Batch(Request("f"), [Call((TABLE, backwards))]).fresh()
    assert array.strides == backwards.strides


def test_a_list_in_a_table_is_changed_for_nobody_else() -> None:
    batch = Batch(Request("f"), [Call((pd.DataFrame({"k": [[1], [2]]}),))])
    (((first,), _),) = batch.fresh()
    first["k"][0].append(5)
    (((second,), _),) = batch.fresh()
    assert second["k"][0] == [1]
