"""What graders/ and exercises/ write their checks with, and nothing else.

`agree` puts many calls to a learner's function and compares with the reference; `calls`, `drivers`, `judges`, `chance`,
`recipes` and `tensors` make the calls and judge the answers; `compare` says whether two are the same. `subjects` is
whose code is asked, and `plugin` has the fixtures. Imported by whatever runs checks: diagnosis, grading, learner.

The names are imported when they are first used: `plugin` is loaded by every pytest run where winnow is installed.
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
