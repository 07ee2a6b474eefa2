"""Imports the files of a course, which are no package, by their paths."""

from __future__ import annotations

import importlib.util
import sys
import traceback
from pathlib import Path
from types import ModuleType

from winnow.course import CourseError, Exercise


def load_module(path: Path, name: str) -> ModuleType:
    """Import a file of the course by its path. Only ever for files of the course, or on the learner's own machine."""
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def load_part(exercise: Exercise, path: Path, what: str) -> ModuleType:
    """Import a file that authors write for an exercise. Raises CourseError where it cannot be imported."""
    try:
        return load_module(path, f"{what}_of_{exercise.id}")
    except (Exception, SystemExit) as error:
        # What Python adds to the message of a SyntaxError is the line.
        said = error.msg if isinstance(error, SyntaxError) else error
        why = f"{type(error).__name__}: {said}".rstrip(": ")
        raise CourseError(f"{path.relative_to(exercise.root)}{_line(path, error)} cannot be imported ({why})") from None


def _line(path: Path, error: BaseException) -> str:
    """The line of the file at which its import ended, for a sentence; empty where it did not get there."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
    if isinstance(error, SyntaxError) and error.filename == str(path):
        lines.append(error.lineno)
    return f", line {lines[-1]}," if lines else ""
