"""Do once in the nursery what every worker does, so that lazy imports and first-time work are paid only here."""

from __future__ import annotations

import contextlib
import gc
import importlib
import io
import sys
import time
import types
import warnings
from typing import Any

import numpy as np

from . import loading, observe, operators, running, statements, strangers, wire
from .clock import Clock

# A closed call is looked for by its path, and these modules come with the first look: torch imports them late.
_LATE = (
    "torch.nested._internal.ops",
    "torch.nn.attention.flex_attention",
    "torch.nn.modules.linear_cross_entropy",
    "torch.onnx.ops._impl",
)
CELL = "import numpy as np\ndef f(x):\n    return np.mean(np.abs(x))\n"


def up() -> None:
    """Run a small call through loading, observing and the wire, and the usual operations of what is imported."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        values: list[Any] = [((np.arange(3.0), [1, 2.5, "a"]), {"key": None})]
        if "pandas" in sys.modules:
            values.append(_pandas(sys.modules["pandas"]))
        if "torch" in sys.modules:
            values += _torch(sys.modules["torch"])
        if "matplotlib" in sys.modules:
            _matplotlib()
        strangers.known()
        wire.unpack_frame(wire.pack(values), trusted=True)
        texts, clock = [statements.Text("warm.py", CELL)], Clock(None, time.process_time)
        function = loading.load(texts, "warm", ["f"], running.Running(frozenset(), clock, 1.0)).functions["f"]
        request = observe.Request("f", unchanged=True)
        wire.pack([observe.observe(function, (np.arange(3.0),), {}, request, frozenset()).value])
        observe.observe(function, (), {}, observe.Request("f"), frozenset({"warm.py"}))
        del sys.modules["warm"]


def _matplotlib() -> None:
    """The first picture makes the list of fonts."""
    import matplotlib.pyplot as plt

    plt.plot([0, 1], label="x")
    plt.title("x")
    plt.legend()
    plt.savefig(io.BytesIO())
    plt.close("all")


def _pandas(pandas: Any) -> Any:
    frame = pandas.DataFrame({"k": ["a", None, "b", "a"], "v": [1.0, 2.0, None, 4.0]})
    for keep in (True, False):
        frame.groupby("k", dropna=keep, observed=True)["v"].agg(["size", "count", "sum", "mean"])
    frame["k"].astype("category").map(str)
    frame.merge(frame, on="k").sort_values("v_x").drop_duplicates().pivot_table(index="k", values="v_x")
    return frame


def _torch(torch: Any) -> list[Any]:
    """Tensors on the device `meta` make torch import many modules at their first operation."""
    _without_compiler(torch)
    operators.recording()
    for late in _LATE:
        with contextlib.suppress(ImportError):  # another release may not have it
            importlib.import_module(late)
    weights = torch.ones(4, 3, requires_grad=True)
    torch.tanh(torch.ones(2, 3) @ weights.T).sum().backward()
    inputs, weights, bias = (torch.empty(*shape, device="meta") for shape in ((2, 3), (4, 3), (4,)))
    for result in (inputs @ weights.T + bias, torch.nn.functional.linear(inputs, weights, bias)):
        torch.relu(result).reshape(-1).clamp(min=0)
    torch.addmm(bias, inputs, weights.T)
    torch.einsum("bi,oi->bo", inputs, weights)
    (inputs[:, None, :] * weights).sum(-1)
    torch.nn.Sequential(torch.nn.Linear(3, 4, device="meta"), torch.nn.ReLU())(inputs)
    return [torch.ones(2, 2), inputs, weights]


def _without_compiler(torch: Any) -> None:
    """Spare what is written in Python inside torch, all of the device `meta`, the import of torch's compiler.

    The first call of each such function imports the compiler, which takes as long as torch itself, only to be told to
    leave the function alone. What is set here is where torch keeps the answer. Code that does want the compiler still
    gets it, and where a release of torch keeps the answer elsewhere, it is imported as before.
    """
    disable = getattr(torch, "_disable_dynamo", None)
    code = getattr(disable(len), "__code__", None) if disable else None
    for wrapper in gc.get_referrers(code) if code else ():
        if isinstance(wrapper, types.FunctionType):
            held = dict(zip(wrapper.__code__.co_freevars, wrapper.__closure__ or (), strict=False)).get("fn")
            if held is not None and hasattr(held.cell_contents, "__dict__"):
                vars(held.cell_contents).setdefault("__dynamo_disable", held.cell_contents)
