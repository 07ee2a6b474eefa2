"""The trusted side of a check: what graders/ and exercises/ write their checks with.

The names are imported when they are first used: the pytest plugin lives in this package, and is loaded by every
pytest run on a machine where winnow is installed.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from winnow.checks.calls import Call, call, named
    from winnow.checks.compare import close, same
    from winnow.checks.drivers import driver
    from winnow.worker.observe import Observation, Raised
    from winnow.worker.wire import Incomparable

__all__ = ["Call", "Incomparable", "Observation", "Raised", "call", "close", "driver", "named", "same"]

_HOMES = {
    "winnow.checks.calls": ("Call", "call", "named"),
    "winnow.checks.compare": ("close", "same"),
    "winnow.checks.drivers": ("driver",),
    "winnow.worker.observe": ("Observation", "Raised"),
    "winnow.worker.wire": ("Incomparable",),
}


def __getattr__(name: str) -> Any:
    for module, names in _HOMES.items():
        if name in names:
            return getattr(importlib.import_module(module), name)
    raise AttributeError(f"winnow.checks has no {name}")
