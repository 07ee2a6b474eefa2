"""Remarks on how the code was taken. The code's own process writes them and may forge them, so each is a kind from this
list and what stands in it, and never a sentence."""

from __future__ import annotations

import string
from typing import Any

Remark = dict[str, Any]
"""`kind`, and the fields of its sentence: `line` is a number, `label` a file or cell, `labels` several, and others are
names that stand in the code."""

ANNOTATIONS, DECORATORS = "without its annotations", "without its decorators"
BOTH, DEFAULTS = "without its decorators and annotations", "without its decorators, annotations and defaults"
KINDS = {
    "used anew": "{name} is graded as defined in {label}, line {line}: the name is used anew below",
    "hidden": "{name} uses {other}, which is something else since {label}, line {line}: use another name there",
    "deleted": "{name} uses {other}, which {label}, line {line}, deletes: leave that out",
    "copied": "{name} is graded as defined in {label}, line {line}: a copy of the stub follows",
    "elsewhere": "{name} is graded as defined in {label}: put all functions into one file",
    "several": "{name} is in {labels}, so none of these is graded: hand in one",
    "in a block": "{name} is graded though it stands in a block that is not run ({label}, line {line})",
    "inside": "{name} is graded though it stands inside {other} ({label}, line {line})",
    "out of a stopped block": (
        "{name} is taken from a block that did not run to its end ({label}, line {line}): define it at the top"
    ),
    "out of a block": "{name} is taken from a block that is not run ({label}, line {line}): define it at the top",
    "in a class": "{name} is graded though it stands in the class {other}: define it at the top",
    "late": "{label}, line {line}: {name} was defined once more at the end, for {other} is defined below it: put that "
    "above it",
    ANNOTATIONS: "{label}, line {line}: {name} was taken without its annotations",
    DECORATORS: "{label}, line {line}: {name} was taken without its decorators",
    BOTH: "{label}, line {line}: {name} was taken without its decorators and annotations",
    DEFAULTS: "{label}, line {line}: {name} was taken without its decorators, annotations and defaults (None instead)",
}


def remark(kind: str, **fields: Any) -> Remark:
    """One remark.

    Examples:
        >>> KINDS["in a class"].format_map(remark("in a class", name="mae", other="Loss"))
        'mae is graded though it stands in the class Loss: define it at the top'
    """
    return {"kind": kind, **fields}


def fields(kind: str) -> list[str]:
    """What stands in the sentence of a kind."""
    return [name for _, name, _, _ in string.Formatter().parse(KINDS[kind]) if name]
