"""What the documents say of the code is so: every example runs, and every name of the API has one."""

from __future__ import annotations

import dataclasses
import doctest
import importlib
import inspect
import json
import pkgutil
import re
import typing
from pathlib import Path
from typing import Any

import pytest

from winnow import checks, record, record_file

from .support.made_class import made_run

ROOT = Path(__file__).resolve().parents[1]
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


MADE = made_run(8)
# What the made class has none of.
GIVEN = record.CheckResult(
    "q", "A question", "hidden", "failed", 0.0, 1.0, "No.", record.Counterexample("f(1)", "2", "3"), ("id",),
    record.Given("b", {"n": 3}),
)  # fmt: skip
KIM = record.Person("Kim", "kim@example.org", "A", {"SIS User ID": "7"}, "2026-01-02 10:00", True)
FULL = dataclasses.replace(
    MADE,
    versions={"python": "3.11.7"},
    remarks=("no seccomp",),
    submissions=(
        *MADE.submissions,
        record.SubmissionResult("kim", 0.0, 1.0, (record.ExerciseResult("m_quiz", "graded", 0.0, 1.0, (GIVEN,)),),
                                ("a note",), KIM),
    ),
)  # fmt: skip


def documented() -> dict[str, Any]:
    """What docs/reference.md lists, by its name."""
    text = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    listed: dict[str, Any] = {}
    for path, members in re.findall(r"^::: (\S+)\n(?:    options:\n      members: \[(.*)\])?", text, re.MULTILINE):
        owner = pkgutil.resolve_name(path)
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


def test_results_are_as_their_schema_says(tmp_path: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((ROOT / "docs" / "results.schema.json").read_text(encoding="utf-8"))
    written = tmp_path / "results.json"
    record_file.write(FULL, written)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(written.read_text(encoding="utf-8")), schema)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("submission", record.SubmissionResult), ("person", record.Person), ("exercise", record.ExerciseResult),
        ("check", record.CheckResult), ("counterexample", record.Counterexample), ("given", record.Given),
        ("", record.RunResult),
    ],
)  # fmt: skip
def test_the_schema_has_every_field_of_the_record_and_no_other(name: str, kind: type) -> None:
    schema = json.loads((ROOT / "docs" / "results.schema.json").read_text(encoding="utf-8"))
    part = schema["$defs"][name] if name else schema
    fields = {one.name for one in dataclasses.fields(kind)}  # type: ignore[arg-type]
    assert (set(part["properties"]), set(part["required"])) == (fields, fields)
    for field, chosen in typing.get_type_hints(kind).items():
        if typing.get_origin(chosen) is typing.Literal:
            assert part["properties"][field]["enum"] == list(typing.get_args(chosen))
