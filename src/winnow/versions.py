"""What verdicts are calculated with."""

from __future__ import annotations

import platform
from functools import cache
from importlib import metadata

LIBRARIES = ("numpy", "pandas", "torch")


@cache
def versions() -> dict[str, str]:
    """The versions of Python and of the libraries that learners' code is run with; those that are not there not."""
    found = {"python": platform.python_version()}
    for name in LIBRARIES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found
