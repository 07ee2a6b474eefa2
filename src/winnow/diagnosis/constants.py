"""Hypothesis without the constants of whatever is imported.

Now and then it draws a number that stands in the source of a module outside site-packages. Which modules those are
depends on where the course and winnow lie and on what was graded before; what a learner is shown must not.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from typing import Any

_cache: list[Any] = []


@contextlib.contextmanager
def left_out() -> Iterator[None]:
    """While this lasts, Hypothesis knows no constants but its own. A release that has none is left as it is."""
    found: Any = sys.modules.get("hypothesis.internal.conjecture.providers")
    if not all(hasattr(found, name) for name in ("_get_local_constants", "Constants", "CONSTANTS_CACHE")):
        yield
        return
    if not _cache:
        _cache.append(type(found.CONSTANTS_CACHE)(1024))
    none = found.Constants()
    before = found._get_local_constants, found.CONSTANTS_CACHE
    found._get_local_constants, found.CONSTANTS_CACHE = lambda: none, _cache[0]
    try:
        yield
    finally:
        found._get_local_constants, found.CONSTANTS_CACHE = before
