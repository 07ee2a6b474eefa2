"""Returned and expected side by side, a line for each element and those that differ marked: for what is too long to
read in one line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from winnow.diagnosis import show

LONG = 60
"""Characters from which on a line is too long to find the element that differs."""
MOST = 14
"""Lines of a table; beyond, those around the first that differs."""
WIDEST = 32


def table(arguments: Mapping[str, Any], got: Any, want: Any) -> str:
    """The lines, with a heading; nothing where both fit a line, or do not correspond element by element.

    Args:
        arguments: what the function was called with; those of as many elements stand beside.
    """
    returned, expected = _elements(got), _elements(want)
    if returned is None or expected is None or len(returned) != len(expected) or len(returned) < 2:
        return ""
    if max(len(show.value(got)), len(show.value(want))) < LONG:
        return ""
    beside = {
        name: cells for name, value in arguments.items() if (cells := _elements(value)) and len(cells) == len(returned)
    }
    differs = [not _alike(one, other) for one, other in zip(returned, expected, strict=True)]
    if not any(differs) or (all(differs) and len(differs) > 3):
        # Where everything differs no row is to be looked for.
        return ""
    columns = [("", list(map(str, range(len(returned)))))]
    columns += [(name, [_cell(cell) for cell in cells]) for name, cells in list(beside.items())[:2]]
    columns += [("returned", [_cell(cell) for cell in returned]), ("expected", [_cell(cell) for cell in expected])]
    first = max(0, min(differs.index(True) - MOST // 2, len(returned) - MOST))
    chosen = range(first, min(len(returned), first + MOST))
    widths = [max(len(name), *(len(cells[at]) for at in chosen)) for name, cells in columns]
    lines = ["  " + "   ".join(f"{name:>{width}}" for (name, _), width in zip(columns, widths, strict=True))]
    for at in chosen:
        line = "   ".join(f"{cells[at]:>{width}}" for (_, cells), width in zip(columns, widths, strict=True))
        lines.append(f"{'>' if differs[at] else ' '} {line}")
    left = len(returned) - len(chosen)
    return "\n".join(line.rstrip() for line in lines) + (f"\n  and {left} more" if left else "")


def _elements(value: Any) -> list[Any] | None:
    """What a sequence holds, a row of a matrix as one element."""
    if type(value).__module__.partition(".")[0] == "torch" and hasattr(value, "detach"):
        value = value.detach().cpu().numpy()
    elif hasattr(value, "to_numpy"):
        value = value.to_numpy()
    if isinstance(value, np.ndarray):
        return list(value) if value.ndim else None
    return list(value) if isinstance(value, list | tuple) else None


def _cell(value: Any) -> str:
    text = show.value(value.tolist() if isinstance(value, np.ndarray) else value, 5)
    return text if len(text) <= WIDEST else text[: WIDEST - 1] + "…"


def _alike(one: Any, other: Any) -> bool:
    """Whether two elements are the same as far as a check looks: to about six digits."""
    try:
        return bool(np.allclose(one, other, rtol=1e-6, atol=1e-9, equal_nan=True))
    except (TypeError, ValueError):
        return show.value(one) == show.value(other)
