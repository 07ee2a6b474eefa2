"""The order that has a worker run a learner's code."""

from __future__ import annotations

from typing import Any


def loading(label: str, text: str, *functions: str) -> dict[str, Any]:
    """To run one file for some functions."""
    return {
        "op": "load", "texts": [[label, text]], "module": label.removesuffix(".py"), "functions": list(functions),
        "seconds": 1.0, "hurried": False, "left_out": [], "closed": [], "needs": [], "path": label, "others": [],
        "elsewhere": [],
    }  # fmt: skip
