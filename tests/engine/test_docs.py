"""What the documents say of the code is so: every example runs, and every name of the API has one."""

from __future__ import annotations

import doctest
import importlib
import inspect
import re
from pathlib import Path
from typing import Any

import pytest

from winnow import checks

ROOT = Path(__file__).resolve().parents[2]
MODULES = [
    *(f"winnow.checks.{name}" for name in ("agree", "calls", "compare", "drivers", "judges", "chance", "recipes")),
    "winnow.checks.tensors", "winnow.worker.observe", "winnow.worker.plain",
]  # fmt: skip


@pytest.mark.parametrize("name", MODULES)
def test_every_example_of_the_api_runs(name: str) -> None:
    if name.endswith("tensors"):
        pytest.importorskip("torch")
    found = doctest.testmod(importlib.import_module(name))
    assert found.attempted
    assert not found.failed


def documented() -> dict[str, Any]:
    """What docs/reference.md lists, by its name."""
    text = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    listed: dict[str, Any] = {}
    for path, members in re.findall(r"^::: (\S+)\n(?:    options:\n      members: \[(.*)\])?", text, re.MULTILINE):
        home, _, last = path.rpartition(".")
        owner = getattr(importlib.import_module(home), last)
        names = members.split(", ") if members else [""]
        listed |= {f"{path}.{name}".rstrip("."): getattr(owner, name) if name else owner for name in names}
    return listed


def test_every_name_of_the_api_has_an_example() -> None:
    pytest.importorskip("torch")
    listed = documented()
    assert len(listed) >= 25
    assert {name for name, one in listed.items() if ">>>" not in (inspect.getdoc(one) or "")} == set()


def test_the_reference_lists_all_that_checks_are_written_with() -> None:
    listed = documented()
    assert {f"winnow.checks.{name}" for name in checks.__all__} <= set(listed)
