"""`winnow reset EXERCISE`: its files as they were handed out, whichever is gone or changed; your text is kept in a
backup."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from winnow.course import find_root, load
from winnow.errors import UsageError
from winnow.learner import asked, state


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the arguments."""
    command = subparsers.add_parser("reset", help="an exercise as it was handed out", description=__doc__)
    command.add_argument("exercise", metavar="EXERCISE", help="which exercise")
    command.add_argument("--yes", action="store_true", help="do not ask")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Put back what is gone, and, if the learner agrees, what is changed. 1 when the learner says no."""
    root = find_root()
    gone, changed = [], []
    for original, path in _files(root, args.exercise):
        if not path.is_file():
            gone.append((original, path))
        elif path.read_bytes() != original.read_bytes():
            changed.append((original, path))
    for original, path in gone:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(original.read_bytes())
        print(f"{_shown(root, path)} is back.")
    if not changed:
        if not gone:
            print(f"Everything of {args.exercise} is as it was handed out.")
        return 0
    names = " and ".join(_shown(root, path) for _, path in changed)
    if not args.yes and not _agreed(names):
        print("Nothing was changed.")
        return 1
    for original, path in changed:
        print(f"Your text is kept in {state.keep(root, path).relative_to(root).as_posix()}")
        path.write_bytes(original.read_bytes())
        print(f"{_shown(root, path)} is as it was handed out.")
    return 0


def _shown(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()


def _files(root: Path, name: str) -> list[tuple[Path, Path]]:
    """Each file of the exercise as it was handed out, and where it belongs."""
    stubs = state.folder(root) / state.STUBS
    if not stubs.is_dir():
        raise UsageError(
            f"{stubs} is missing, which a handed-out copy of the course has: there is nothing to reset from; "
            "in the course itself use version control"
        )
    exercise = asked.exercise(load(root), name)
    found = [(stubs / exercise.module / one, exercise.path("exercises", one)) for one in exercise.handed_out]
    kept = [(original, path) for original, path in found if original.is_file()]
    if not kept:
        raise UsageError(f"{stubs} has no {exercise.id}.py: unpack the course again beside this copy")
    return kept


def _agreed(shown: str) -> bool:
    if not sys.stdin.isatty():
        raise UsageError(f"{shown} would be replaced: say --yes")
    try:
        return input(f"Replace {shown}? Your text is kept in a backup. [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:
        return False
