"""What to do about an exception that learners often meet, in one sentence. The exception itself is shown beside it."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from importlib import resources

from winnow.worker.observe import Raised

_IMPORTS = {
    "np": "import numpy as np",
    "torch": "import torch",
    "pd": "import pandas as pd",
    "plt": "import matplotlib.pyplot as plt",
    "F": "import torch.nn.functional as F",
    "nn": "from torch import nn",
    "math": "import math",
}
_NOT_FINDABLE = frozenset({
    "cupy", "cv2", "einops", "jax", "keras", "numba", "plotly", "scipy", "seaborn", "skimage", "sklearn", "statsmodels",
    "tensorflow", "torchvision", "transformers",
})  # fmt: skip
_UNCHECKED = frozenset(("RuntimeError", "IndexError", "KeyError", "ZeroDivisionError", "FloatingPointError"))
"""What Python and libraries raise over arguments that nobody has looked at; a ValueError may be the learner's own."""

_UNDEFINED = re.compile(r"name '(\w+)' is not defined")


@functools.cache
def _cures() -> list[dict[str, str]]:
    text = (resources.files("winnow.diagnosis") / "cures.toml").read_text(encoding="utf-8")
    cures: list[dict[str, str]] = tomllib.loads(text)["cures"]
    return cures


def unbound(raised: Raised, failed: Mapping[str, str]) -> str:
    """Why a name is not there: the statement that was to bind it failed. Nothing for any other exception.

    Args:
        failed: by name a clause on the statement.
    """
    found = _UNDEFINED.search(raised.text) if raised.name == "NameError" else None
    if not found or found[1] not in failed:
        return ""
    why = failed[found[1]]
    return " ".join(part for part in (f"`{found[1]}` is not there because {why}.", _not_usable(_module(why))) if part)


def cure(raised: Raised) -> str:
    """What to do about an exception; nothing where its own words say it all."""
    if raised.is_a("ModuleNotFoundError"):
        return _of_module(raised.text)
    if raised.name == "NameError":
        found = _UNDEFINED.search(raised.text)
        if found and found[1] in _IMPORTS:
            return f"`{_IMPORTS[found[1]]}` is missing: it belongs at the top."
        return (
            f"Nothing here is called `{found[1]}`: a slip of the pen, or an import that is missing or fails?"
            if found
            else ""
        )
    for one in _cures():
        found = re.search(one.get("text", ""), raised.text)
        if raised.is_a(one["of"]) and found:
            return one["say"].format(*found.groups())
    return ""


def in_place_of(asked_for: str, raised: Raised) -> str:
    """What is neither in an exception itself nor in the name of the one that is `asked_for` there."""
    if raised.is_a(asked_for):
        return "The exception is right, and its message is not."
    if raised.name in _UNCHECKED:
        return f"Look for this case first, and raise {asked_for}: what comes of it later is no refusal."
    if raised.name == "AssertionError":
        return f"An assert raises AssertionError: write `if ...: raise {asked_for}(...)` there."
    return cure(raised)


def _of_module(text: str) -> str:
    name = _module(text)
    if not name or _not_usable(name):
        return _not_usable(name)
    return (
        f"`{name}` is not installed in the Python that runs this: pip install -r requirements.txt, in the environment "
        "in which you work; or is it a slip of the pen?"
    )


def _module(text: str) -> str:
    """The library that is not there; nothing where the text is of something else."""
    found = re.search(r"No module named '([\w.]+)'", text)
    return found[1].partition(".")[0] if found else ""


def _not_usable(name: str) -> str:
    known = name in _NOT_FINDABLE
    return f"{name} is not among what exercises may use: the statement says which libraries are." if known else ""
