"""Imports the files of a course, which are no package, by their paths."""

from __future__ import annotations

import importlib.util
import sys
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from types import ModuleType

from winnow.course import Exercise
from winnow.worker.finder import Finder

_beside: set[str] = set()
"""The modules that the last learner's file has imported from what lies beside it."""


def load_module(path: Path, name: str) -> ModuleType:
    """Import a file of the course by its path. Only ever for files of the course, or on the learner's own machine."""
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def load_own(exercise: Exercise) -> ModuleType:
    """Import a learner's file, on the learner's own machine.

    What lies in `exercises/` it may import by the rules that hold when it is graded, absolutely and relatively.
    """
    top = exercise.stub.parent.parent
    files = sorted(path for path in top.rglob("*.py") if not path.name.startswith("test_") and path != exercise.stub)

    def spec_of(name: str, number: int | None, is_package: bool) -> ModuleSpec | None:
        _beside.add(name)
        if number is None:
            return ModuleSpec(name, None, is_package=is_package)
        return importlib.util.spec_from_file_location(name, files[number])

    home = exercise.stub.relative_to(top).as_posix()
    finder = Finder(home, [path.relative_to(top).as_posix() for path in files], spec_of)
    sys.meta_path[:] = [finder, *(one for one in sys.meta_path if not isinstance(one, Finder))]
    spec = ModuleSpec(f"{finder.package}.{exercise.id}", SourceFileLoader(exercise.id, str(exercise.stub)))
    spec.origin = str(exercise.stub)
    spec.has_location = True
    module = importlib.util.module_from_spec(spec)
    module.__name__ = exercise.id
    while _beside:
        # Files of one name may lie beside several exercises.
        sys.modules.pop(_beside.pop(), None)
    sys.modules[exercise.id] = module
    assert spec.loader is not None
    spec.loader.exec_module(module)
    return module
