"""`winnow reset EXERCISE`: its files as they were handed out, whichever is gone or changed; your text is kept in a
backup. So it is with a quiz (m05_losses_quiz), and with course.toml."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from winnow.course import find_root, load
from winnow.errors import UsageError
from winnow.learner import asked, own_quiz, state

Pair = tuple[Path, Path]
"""A file as it was handed out, and where it belongs."""


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the arguments."""
    command = subparsers.add_parser("reset", help="an exercise as it was handed out", description=__doc__)
    command.add_argument("exercise", metavar="EXERCISE", help="which exercise, or quiz")
    command.add_argument("--yes", action="store_true", help="do not ask")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Put back what is gone, and, if the learner agrees, what is changed. 1 when the learner says no.

    Work is replaced only where nothing else is amiss: whoever mends damaged checks does not begin anew.
    """
    catalogue = state.copy_at(Path.cwd()) if Path(args.exercise).name == state.CATALOGUE else None
    root = catalogue or find_root()
    pairs, work = _files(root, args.exercise)
    gone = [(original, path) for original, path in pairs if not path.is_file()]
    changed = [one for one in pairs if one not in gone and one[1].read_bytes() != one[0].read_bytes()]
    for original, path in gone:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            print(f"The folder is kept in {state.keep(root, path).relative_to(root).as_posix()}")
        else:
            # A pipe, or a link that leads nowhere, is in the way of the file.
            path.unlink(missing_ok=True)
        path.write_bytes(original.read_bytes())
        print(f"{_shown(root, path)} is back.")
    if not gone and not changed:
        print(f"Everything of {args.exercise} is as it was handed out.")
    others = [(original, path) for original, path in changed if path != work]
    mended = bool(gone or others)
    replaced = others if mended else changed
    names = " and ".join(_shown(root, path) for _, path in replaced)
    if replaced and not args.yes and not _agreed(names):
        print("Nothing was changed.")
        return 1
    for original, path in replaced:
        print(f"Your text is kept in {state.keep(root, path).relative_to(root).as_posix()}")
        path.write_bytes(original.read_bytes())
        print(f"{_shown(root, path)} is as it was handed out.")
    if mended and work and any(path == work for _, path in changed):
        print(f"Your text in {_shown(root, work)} stays: to begin it anew, winnow reset {args.exercise} once more.")
    return 0


def _shown(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()


def _files(root: Path, name: str) -> tuple[list[Pair], Path | None]:
    """The files that go by this name; and which of them the learner writes."""
    stubs = state.folder(root) / state.STUBS
    if not stubs.is_dir():
        raise UsageError(
            f"{stubs} is missing, which a handed-out copy of the course has: there is nothing to reset from; "
            "in the course itself use version control"
        )
    if Path(name).name == state.CATALOGUE:
        # Without it nothing else can be found.
        return _kept(stubs, root / "exercises", [state.CATALOGUE], state.CATALOGUE), None
    course = load(root)
    if module := own_quiz.named(course, name):
        names = own_quiz.handed_out(course, module)
        return _kept(stubs / module, root / "exercises" / module, names, own_quiz.FILES[0]), None
    exercise = asked.exercise(course, name)
    found = _kept(stubs / exercise.module, exercise.stub.parent, exercise.handed_out, exercise.stub.name)
    return found, exercise.stub


def _kept(stubs: Path, home: Path, names: Iterable[str], first: str) -> list[Pair]:
    found = [(stubs / one, home / one) for one in names if (stubs / one).is_file()]
    if not found:
        raise UsageError(f"{stubs} has no {first}: unpack the course again beside this copy")
    return found


def _agreed(shown: str) -> bool:
    if not sys.stdin.isatty():
        raise UsageError(f"{shown} would be replaced: say --yes")
    try:
        return input(f"Replace {shown}? Your text is kept in a backup. [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:
        return False
