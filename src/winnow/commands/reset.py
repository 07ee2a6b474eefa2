"""`winnow reset EXERCISE`: the exercise as it was handed out; your text is kept in a backup."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from winnow.course import CourseError, find_root, load
from winnow.errors import UsageError
from winnow.learner import state


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the arguments."""
    command = subparsers.add_parser("reset", help="an exercise as it was handed out", description=__doc__)
    command.add_argument("exercise", metavar="EXERCISE", help="which exercise")
    command.add_argument("--yes", action="store_true", help="do not ask")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Put the stub back. 1 when the learner says no."""
    root = find_root()
    original, path = _files(root, args.exercise)
    shown = path.relative_to(root).as_posix()
    before, stub = path.read_bytes() if path.is_file() else b"", original.read_bytes()
    if before == stub:
        print(f"{shown} is as it was handed out.")
        return 0
    if before and not args.yes and not _agreed(shown):
        print("Nothing was changed.")
        return 1
    if before:
        print(f"Your text is kept in {state.keep(root, path).relative_to(root).as_posix()}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(stub)
    print(f"{shown} is as it was handed out.")
    return 0


def _files(root: Path, name: str) -> tuple[Path, Path]:
    """The stub as it was handed out, and where it belongs."""
    stubs = state.folder(root) / state.STUBS
    if not stubs.is_dir():
        raise UsageError(
            f"{stubs} is missing, which a handed-out copy of the course has: there is nothing to reset from; "
            "in the course itself use version control"
        )
    found = sorted(stubs.glob(f"*/{name}.py")) if name.isidentifier() else []
    if not found:
        # The course may be incomplete for the very reason that something was deleted, so this comes second.
        known = sorted(path.stem for path in stubs.glob("*/*.py"))
        try:
            load(root).exercise(name)
        except CourseError:
            raise UsageError(f"there is no exercise {name}; there are {', '.join(known)}") from None
        raise UsageError(f"{stubs} has no {name}.py: unpack the course again beside this copy")
    return found[0], root / "exercises" / found[0].parent.name / found[0].name


def _agreed(shown: str) -> bool:
    if not sys.stdin.isatty():
        raise UsageError(f"{shown} would be replaced: say --yes")
    try:
        return input(f"Replace {shown}? Your text is kept in a backup. [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:
        return False
