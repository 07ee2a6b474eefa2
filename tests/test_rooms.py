"""The house of src/winnow: imports run down its floors, no circle, no file too long, one name for one thing."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import winnow

SOURCE = Path(winnow.__file__).parent
LONGEST = 400
FULLEST = 40


def name_of(path: Path) -> str:
    parts = ("winnow", *path.relative_to(SOURCE).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


FILES = {name_of(path): path for path in sorted(SOURCE.rglob("*.py")) if "files" not in path.parts}


def imported(name: str, tree: ast.AST, known: set[str]) -> Iterator[str]:
    """The modules that a module imports, wherever in it, also where only a type is named."""
    package = name if FILES.get(name, Path()).name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) + 1 - node.level] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                full = f"{base}.{alias.name}"
                yield from (one for one in (full if full in known else base,) if one in known and one != name)


def graph() -> dict[str, set[str]]:
    return {name: set(imported(name, ast.parse(path.read_bytes()), set(FILES))) for name, path in FILES.items()}


def floors() -> dict[str, int]:
    """The floor of each room, as the docstring of winnow draws them."""
    drawn = (line for line in (winnow.__doc__ or "").splitlines() if line.startswith("    "))
    rooms = {path.stem for path in SOURCE.iterdir()}
    return {room: floor for floor, line in enumerate(drawn) for room in line.split("   ")[1].split() if room in rooms}


def upward(graph: dict[str, set[str]], floors: dict[str, int]) -> list[str]:
    """Imports that do not lead down."""
    room = {name: name.split(".")[1] for name in graph if "." in name}
    return [
        f"{name} imports {other}"
        for name, others in graph.items()
        for other in others
        if name in room and other in room and room[name] != room[other] and floors[room[name]] <= floors[room[other]]
    ]


def test_every_room_has_its_floor() -> None:
    rooms = {name.split(".")[1] for name in FILES if "." in name} - {"__main__"}
    assert rooms == set(floors())


def test_no_import_runs_up_a_floor() -> None:
    found = graph()
    found.pop("winnow.__main__", None)
    assert upward(found, floors()) == []


def test_no_circle_between_files() -> None:
    TopologicalSorter(graph()).prepare()


def test_no_file_is_too_long() -> None:
    lengths = {name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in FILES.items()}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_no_folder_is_too_full() -> None:
    folders = Counter(path.parent for path in FILES.values())
    assert {folder: count for folder, count in folders.items() if count > FULLEST} == {}


def test_no_two_classes_have_one_name() -> None:
    homes: dict[str, list[str]] = {}
    for name, path in FILES.items():
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.ClassDef):
                homes.setdefault(node.name, []).append(name)
    assert {name: places for name, places in homes.items() if len(places) > 1} == {}


def test_every_room_says_what_it_is_for() -> None:
    for name, path in FILES.items():
        if path.name == "__init__.py" and name.count(".") == 1:
            said = ast.get_docstring(ast.parse(path.read_bytes())) or ""
            assert len(said.splitlines()) >= 3, name


def test_what_it_looks_for_is_found() -> None:
    known = {"winnow.checks.a", "winnow.learner.b", "winnow.worker"}
    lazily = ast.parse("def f():\n    from winnow.learner import b\n    from ..worker import c")
    assert set(imported("winnow.checks.a", lazily, known)) == {"winnow.learner.b", "winnow.worker"}
    up = {"winnow.checks.a": {"winnow.learner.b"}, "winnow.learner.b": {"winnow.checks.a"}}
    assert upward(up, {"checks": 0, "learner": 1}) == ["winnow.checks.a imports winnow.learner.b"]
    with pytest.raises(CycleError):
        TopologicalSorter(up).prepare()
