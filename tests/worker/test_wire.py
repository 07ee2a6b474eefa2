"""The wire carries plain data unchanged, and nothing that is written on it can hurt the reader."""

from __future__ import annotations

import contextlib
import json
import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from winnow.checks.compare import close
from winnow.worker import wire


def travel(value: Any) -> Any:
    frame = wire.pack([value])
    text, tail = wire.lengths(frame[: wire.HEADER.size])
    start = wire.HEADER.size
    assert len(frame) == start + text + tail
    (arrived,), _ = wire.unpack(frame[start : start + text], frame[start + text :])
    return arrived


VALUES: list[Any] = [
    None, True, 0, -7, 1 << 150, 0.1, -0.0, math.inf, math.nan, 1 + 2j, "", "한국어 \n", b"\0\xff",
    [1, [2.5, "a"]], (1, (2,)), {"a": [1], 2: None}, np.float64(0.1), np.float32(0.1), np.int8(-3), np.bool_(True),
    np.arange(6, dtype=np.uint8).reshape(2, 3), np.zeros((0, 3)), np.array(2.5), np.array([True, False]),
    np.array(["a", "bc"]).astype(object), np.array(["2020-01-01"], "M8[D]"),
    torch.arange(4.0).reshape(2, 2), torch.tensor(3, dtype=torch.int32), torch.zeros(0, 2, dtype=torch.float64),
    torch.tensor([1.5, -2.0], dtype=torch.bfloat16), torch.tensor([True]),
    pd.NA, pd.NaT, pd.Timestamp("2024-02-29 12:00", tz="Asia/Seoul"), pd.Timedelta("1h"),
    pd.Timestamp("1677-09-22T00:12:43.145224193"), pd.Timestamp("0001-01-01").as_unit("s"),
    pd.Index([1, 2], name="k"), pd.Series([1.0, None], name="v"),
    pd.DataFrame({"k": ["a", None, "b"], "v": pd.array([1, None, 3], dtype="Int64")}),
    pd.DataFrame({"k": pd.Categorical(["a", "b", "a"], ["b", "a", "z"], ordered=True), "v": [1.0, 2.0, 3.0]}),
    pd.DataFrame({"t": pd.to_datetime(["2020-01-01", None])}, index=[5, 7]),
    pd.DataFrame({"v": [1, 2]}, index=pd.MultiIndex.from_tuples([("a", 1), ("a", None)], names=["x", "y"])),
    pd.DataFrame({"size": [], "count": []}),
    pd.Series([1, 2], index=pd.Index([("a", 1), ("b", 2)], tupleize_cols=False)),
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=[f"{number}-{type(v).__name__}" for number, v in enumerate(VALUES)])
def test_plain_data_arrives_as_it_was_sent(value: Any) -> None:
    arrived = travel(value)
    assert type(arrived) is type(value)
    assert close(arrived, value, rtol=0, atol=0) is None


def test_negative_zero_keeps_its_sign() -> None:
    assert math.copysign(1, travel(-0.0)) == -1


@pytest.mark.parametrize(
    "array",
    [np.arange(6.0).reshape(2, 3).T, np.asfortranarray(np.ones((2, 3, 4))), np.arange(5.0)[::-1],
     np.arange(24.0).reshape(2, 3, 4).transpose(1, 2, 0)],
)  # fmt: skip
def test_the_order_of_memory_arrives(array: np.ndarray[Any, Any]) -> None:
    arrived = travel(array)
    assert np.array_equal(arrived, array)
    assert np.array_equal(arrived.ravel("K"), array.ravel("K"))


@pytest.mark.parametrize("array", [np.array([1.5, 2.0]), np.array([[1, 2], [3, 4]]), np.array(["2020-01-01"], "M8[D]")])
def test_an_array_of_the_other_byte_order_arrives_with_its_values(array: np.ndarray[Any, Any]) -> None:
    assert np.array_equal(travel(array.astype(array.dtype.newbyteorder(">"))), array)


def test_a_read_only_array_arrives_read_only() -> None:
    array = np.arange(3.0)
    array.flags.writeable = False
    assert not travel(array).flags.writeable
    assert travel(np.arange(3.0)).flags.writeable


def test_a_column_of_objects_keeps_what_is_missing_in_it() -> None:
    labels = pd.Series(["a", None, math.nan, pd.NA], dtype=object, index=[3, 3, 1, 0])
    for arrived in (travel(labels), travel(pd.DataFrame({"k": labels}))["k"]):
        assert arrived.dtype == object
        assert [type(one) for one in arrived] == [type(one) for one in labels]


def test_a_tensor_keeps_layout_gradient_and_device() -> None:
    tensor = torch.arange(6.0).reshape(2, 3).T.requires_grad_()
    arrived = travel(tensor)
    assert arrived.requires_grad
    assert arrived.is_leaf
    assert not arrived.is_contiguous()
    assert travel(torch.empty(2, 3, device="meta")).device.type == "meta"


def test_subclasses_arrive_as_the_plain_type() -> None:
    class Sly(float):
        def __eq__(self, other: object) -> bool:
            return True

        __hash__ = float.__hash__

    class SlyArray(np.ndarray):
        def __array_function__(self, *args: Any) -> Any:
            return True

    assert type(travel(Sly(-1.0))) is float
    assert type(travel(np.array(-1.0).view(SlyArray))) is np.ndarray
    assert type(travel(np.ma.masked_array([1.0, 2.0]))) is np.ndarray


class _Hostile:
    __class__ = property(lambda self: exec("raise KeyboardInterrupt"))  # type: ignore[assignment]


@pytest.mark.parametrize(
    "value",
    [object(), iter([1]), range(10**15), np.broadcast_to(np.float64(-1), (1 << 40,)), b"\0" * (65 << 20),
     torch.tensor(-1.0).expand(1 << 40), np.ma.masked_array([1.0], [True]), "x" * (2 << 20), {1, 2},
     ["," * 900_000] * 2, torch.empty(1 << 50, device="meta"), np.zeros((1,) * 40), np.random.default_rng(10**100),
     np.random.default_rng([]), np.array([0], "M8[1000000s]"),
     [np.zeros(1)] * 60_000, [torch.zeros(1)] * 60_000, [pd.Series([1])] * 12_000, pd.DataFrame(np.zeros((0, 60_000)))],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_what_does_not_travel_arrives_as_incomparable(value: Any) -> None:
    assert isinstance(travel(value), wire.Incomparable)


def test_a_value_whose_class_raises_is_incomparable() -> None:
    assert isinstance(travel(_Hostile()), wire.Incomparable)


def test_deep_cyclic_and_endless_values_are_incomparable() -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    cyclic: list[Any] = []
    cyclic.append(cyclic)
    frame = wire.pack([deep, cyclic, [0] * 1_000_000, 1.5])
    text, _ = wire.lengths(frame[: wire.HEADER.size])
    values, _ = wire.unpack(frame[8 : 8 + text], frame[8 + text :])
    assert [type(value) for value in values] == [wire.Incomparable] * 3 + [float]


def test_a_callable_is_taken_from_the_trusted_side_only() -> None:
    frame = wire.pack([wire.Named("os.system")])
    text, _ = wire.lengths(frame[:8])
    with pytest.raises(wire.WireError, match="wrong side"):
        wire.unpack(frame[8 : 8 + text], b"")
    values, _ = wire.unpack(frame[8 : 8 + text], b"", trusted=True)
    assert values == [wire.Named("os.system")]


@pytest.mark.parametrize(
    "value",
    [["zz"], [], [["l"]], 10**4200, ["a", "d", [2], [0, 16], [0], [False], True],
     ["a", "O", [1], [0, 8], [0], [False], True],
     ["a", "d", [1 << 39, 1 << 39], [0, 0], [0, 1], [False, False], True], ["b", [0, 1]], ["b", [-1, 1]],
     ["s", "d", [0, 0]], ["x", "float32", [1], [0, 0], [0], False, "cpu"], ["d", [[["l", []], 1]]], {"a": 1},
     ["ser", ["ext", "Int64", ["x"]], None, ["one", ["ext", "object", [1]], None]], ["ts", "no date", None],
     ["ts", "now", None], ["ts", "today", None], ["ts", "1 Jan 00 9pm", None], ["ts", "2024-02-29T12:00:00\n", None],
     ["df", ["one", ["ext", "object", ["a"]], None], [], ["one", ["ext", "object", []], None]]],
    ids=lambda value: json.dumps(value)[:40],
)  # fmt: skip
def test_a_malformed_value_is_a_wire_error(value: Any) -> None:
    with pytest.raises(wire.WireError):
        wire.unpack(json.dumps({"values": [value]}).encode(), b"")


def test_frames_over_the_caps_are_refused_before_they_are_read() -> None:
    with pytest.raises(wire.WireError):
        wire.lengths(wire.HEADER.pack(1 << 31, 0))
    with pytest.raises(wire.WireError):
        wire.unpack(b'{"values":[' + b"[" * 3_000_000, b"")
    with pytest.raises(wire.WireError):
        wire.unpack(b'{"values":' + b"[" * 100_000 + b"]" * 100_000 + b"}", b"")


@pytest.mark.parametrize(
    ("value", "times"),
    [(["a", "d", [0], [0, 0], [0], [False], True], 45_000), (["o", [0], []], 45_000),
     (["x", "float32", [0], [0, 0], [0], False, "cpu"], 45_000),
     (["idx", ["one", ["ext", "object", []], None]], 12_000), (["ts", "2024-02-29T12:00:00", None], 15_000),
     (["td", 5], 15_000), (["rng", [1, 1, 0, 0], ["1"], [], 0], 3_000)],
    ids=["arrays", "arrays of objects", "tensors", "indices", "times", "spans of time", "generators"],
)  # fmt: skip
def test_a_frame_of_more_arrays_or_columns_than_are_sent_is_refused(value: Any, times: int) -> None:
    wire.unpack(json.dumps({"values": [value]}).encode(), b"")
    with pytest.raises(wire.WireError, match="too many arrays or columns"):
        wire.unpack(json.dumps({"values": [value] * times}).encode(), b"")


_TAGS = ["l", "t", "d", "b", "c", "s", "a", "o", "x", "?", "fn", "NA", "NaT", "ts", "td", "df", "ser", "idx", "one",
         "multi", "cat", "np", "ext"]  # fmt: skip
_ATOMS = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 70), st.integers(), st.floats(), st.text(max_size=4),
    st.sampled_from(_TAGS),
    st.sampled_from(["d", "f", "?", "<M8[ns]", "float32", "bfloat16", "Int64", "object", "cpu", "meta"]),
)  # fmt: skip
_TREES = st.recursive(_ATOMS, lambda inner: st.lists(inner, max_size=5), max_leaves=20)
_TAGGED = st.recursive(
    _ATOMS, lambda inner: st.tuples(st.sampled_from(_TAGS), st.lists(inner, max_size=6)).map(lambda p: [p[0], *p[1]]),
    max_leaves=20,
)  # fmt: skip


@given(st.lists(_TREES | _TAGGED, max_size=4), st.binary(max_size=64))
def test_no_frame_raises_anything_but_a_wire_error(values: list[Any], tail: bytes) -> None:
    with contextlib.suppress(wire.WireError):
        wire.unpack(json.dumps({"values": values}).encode(), tail)


@given(st.binary(max_size=200), st.binary(max_size=40))
def test_no_bytes_raise_anything_but_a_wire_error(text: bytes, tail: bytes) -> None:
    with contextlib.suppress(wire.WireError):
        wire.unpack(text, tail)


def test_bytes_are_read_once() -> None:
    place = ["b", [0, 4]]
    (once,), _ = wire.unpack(json.dumps({"values": [place]}).encode(), b"four")
    assert once == b"four"
    with pytest.raises(wire.WireError, match="twice"):
        wire.unpack(json.dumps({"values": [place, place]}).encode(), b"four")


@pytest.mark.parametrize(
    ("dtype", "is_time"),
    [
        ("datetime64[ns, Asia/Seoul]", True),
        ("timedelta64[ns]", True),
        ("datetime64[ns, dateutil//etc/hosts]", False),
        ("datetime64[ns, ../x]", False),
        ("datetime64[" + ", " * 20_000, False),
    ],
)
def test_a_zone_is_a_name_and_never_a_file(dtype: str, is_time: bool) -> None:
    column = ["ser", ["ext", dtype, []], None, ["one", ["ext", "object", []], None]]
    (series,), _ = wire.unpack(json.dumps({"values": [column]}).encode(), b"")
    assert (str(series.dtype) == dtype) == is_time
