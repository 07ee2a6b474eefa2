"""Which layers of confinement a run puts on, and what it says of those that are missing."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass

from winnow.errors import UsageError
from winnow.worker.layers import probe


@dataclass(frozen=True)
class Sandbox:
    """The layers to put on, and one remark for each that is missing."""

    layers: tuple[str, ...]
    remarks: tuple[str, ...] = ()


def choose(mode: str) -> Sandbox:
    """The sandbox for `mode`: `auto` takes the layers that work here, `strict` insists on all, `off` takes none.

    WINNOW_WITHOUT_LAYERS (names, separated by commas) switches layers off, so that grading can be tried without them.

    Raises:
        UsageError: this is no Linux, or the mode is `strict` and a layer is missing.
    """
    if mode == "off":
        return Sandbox((), ("without a sandbox: submissions could read this machine's files and reach the network",))
    if sys.platform != "linux":
        raise UsageError("grading a class needs Linux, where learners' code can be confined; use a Linux machine, "
                         "or --sandbox off for code that you trust")  # fmt: skip
    without = tuple(name for name in os.environ.get("WINNOW_WITHOUT_LAYERS", "").split(",") if name)
    state = probe.available(without)
    missing = {layer: why for layer, why in state.items() if why}
    if missing and mode == "strict":
        told = "; ".join(f"{layer}: {why}" for layer, why in missing.items())
        raise UsageError(f"--sandbox strict: not all layers work here ({told})")
    layers = tuple(layer for layer, why in state.items() if not why)
    return Sandbox(layers, tuple(f"sandbox layer {layer} is off: {why}" for layer, why in missing.items()))
