"""Every value that the wire can carry, put to every relation, every judge and whatever shows it: none raises."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from winnow import course
from winnow.bounded_memory import weight
from winnow.checks import compare
from winnow.course import Exercise
from winnow.diagnosis import hidden, public, relations, same_mistake, show
from winnow.doctor import rehearsal
from winnow.elements import elements
from winnow.worker import wire
from winnow.worker.observe import Observation
from winnow.worker.plain import COLUMN_DTYPES, DTYPES, TORCH_DTYPES

ROOT = Path(__file__).parents[2]
SHAPES = arrays.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=3)

NUMBERS = st.one_of(
    st.booleans(), st.integers(-(1 << 199), 1 << 199), st.floats(), st.complex_numbers(), st.integers(-3, 3)
)
TEXTS = st.one_of(st.text(max_size=8), st.binary(max_size=8), st.sampled_from(["mean", "a" * 400]))
TIMES = st.one_of(
    st.datetimes(pd.Timestamp("1700-01-01"), pd.Timestamp("2200-01-01")).map(pd.Timestamp),
    st.sampled_from([pd.NaT, pd.NA, pd.Timedelta("1D"), pd.Timestamp("2024-02-29", tz="Asia/Seoul")]),
)


@st.composite
def of_numpy(draw: st.DrawFn) -> Any:
    """Arrays of every dtype that travels, of rank 0 and without elements, too, and their scalars."""
    kind = draw(st.sampled_from([*sorted(DTYPES), "<M8[ns]", "<m8[D]"]))
    array = np.zeros(draw(SHAPES), kind)
    if array.size:
        array.flat[0] = draw(st.sampled_from([0, 1]))
        if array.dtype.kind in "fc":
            array.flat[-1] = draw(st.sampled_from([np.nan, np.inf, -0.5, 1e300 if array.dtype.itemsize > 8 else 1.0]))
    return array[()] if draw(st.booleans()) and array.ndim == 0 else array


@st.composite
def of_torch(draw: st.DrawFn) -> Any:
    """Tensors of every dtype, on the device `meta`, with gradients, of rank 0 and without elements."""
    kind = getattr(torch, draw(st.sampled_from(sorted(TORCH_DTYPES))))
    made = torch.zeros(draw(SHAPES), dtype=kind, device=draw(st.sampled_from(["cpu", "cpu", "meta"])))
    if made.numel() and made.device.type == "cpu":
        made.view(-1)[0] = draw(st.sampled_from([0, 1]))
    return made.requires_grad_() if draw(st.booleans()) and (kind.is_floating_point or kind.is_complex) else made


@st.composite
def of_pandas(draw: st.DrawFn) -> Any:
    """Tables, series and indices with labels of every kind."""
    size = draw(st.integers(0, 3))
    columns = st.one_of(
        st.just(np.arange(size)),
        st.just(np.zeros(size)),
        st.just(["a", None, "b"][:size]),
        st.just(pd.Categorical(["a", None, "b"][:size], ["b", "a", "z"])),
        st.sampled_from(sorted(COLUMN_DTYPES)).map(
            lambda kind: pd.array(["1", None, "0"][:size] if kind in ("str", "string") else [1, None, 0][:size], kind)
        ),
        st.just(pd.to_datetime(["2020-01-01", None, "2021-01-01"][:size])),
        st.just(pd.Series([[1], {"a": 1}, torch.zeros(1)][:size], dtype=object)),
    )
    labels = st.one_of(
        st.just(pd.RangeIndex(size)),
        st.just(pd.Index([0.5, np.nan, 0.5][:size])),
        st.just(pd.MultiIndex.from_product([range(size), [None]], names=["x", None])),
        st.just(pd.Index([("a", 1), ("b", 2), 3][:size], tupleize_cols=False, name="k")),
        st.just(pd.CategoricalIndex(["a", "a", None][:size])),
    )
    index = draw(labels)
    kind = draw(st.sampled_from(["frame", "series", "index", "empty"]))
    if kind == "index":
        return index
    if kind == "empty":
        return pd.DataFrame(index=index)
    column = pd.Series(draw(columns), name=draw(st.sampled_from([None, "size", ("a", 1)])))
    column.index = index
    if kind == "series":
        return column
    made = pd.DataFrame({0: column, 1: column})
    made.columns = draw(st.sampled_from([["size", "mean"], ["size", "size"], [0, None]]))
    return made


LEAVES = st.one_of(
    st.none(), NUMBERS, TEXTS, TIMES, of_numpy(), of_torch(), of_pandas(),
    st.just(wire.Incomparable("generator", "it could not be read")), st.just(np.random.default_rng(0)),
)  # fmt: skip
KEYS = st.one_of(st.none(), st.integers(-3, 3), st.sampled_from(["a", "x", "bars"]), st.just((1, (2,))))
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.lists(inner, max_size=3).map(tuple), st.dictionaries(KEYS, inner, max_size=3),
        st.lists(inner, max_size=2).map(lambda items: _objects(items)),
    ),
    max_leaves=5,
)  # fmt: skip


def _objects(items: list[Any]) -> Any:
    array = np.empty(len(items), object)
    for at, item in enumerate(items):
        array[at] = item
    return array


def arrived(value: Any) -> Any:
    """The value as the trusted side has it."""
    (found,), _ = wire.unpack_frame(wire.pack([value]))
    return found


@settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))
@given(value=VALUES.map(arrived), want=VALUES.map(arrived))
def test_every_relation_and_whatever_shows_a_value(value: Any, want: Any) -> None:
    got, right = Observation(value, gradients=[value]), Observation(want, gradients=[want])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert relations.describe([(got, right)]) is None or got is not right
        relations.describe([(got, right), (right, got)])
        relations.differ(got, right)
        compare.close(value, want)
        compare.close(value, want, rtol=0.0, atol=0.0)
        same_mistake.alike(same_mistake.by_differing, None, got, right, frozenset())  # type: ignore[arg-type]
        assert all(isinstance(text, str) and len(text) <= 2 * show.MAX_SHOWN for text in show.apart(got, right))
        hidden._answers(got, right)
        public._why_different(value, want, value)
        assert len(show.value(value)) <= show.MAX_SHOWN + 1
        assert weight(value) > 0
        assert elements(value) > 0


COURSE = course.load(ROOT)


@pytest.mark.parametrize("exercise", COURSE.exercises, ids=lambda exercise: exercise.id)
def test_every_judge(exercise: Exercise) -> None:
    rehearsed = rehearsal.rehearse(COURSE, exercise, b"every value")
    asked = [one for one in rehearsed.asked() if one.question is not None]
    assert asked

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(value=VALUES.map(arrived))
    def judged(value: Any) -> None:
        got = Observation(value, gradients=[value])
        for question in (one.question for one in asked):
            problems = question.problems([got] * len(question.right))
            assert all(problem is None or problem for problem in problems)
            alike = [relations.differ(got, right) is None for right in question.right]
            assert any(problems) or any(alike), question.name

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        judged()
