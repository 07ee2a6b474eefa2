"""`winnow show EXERCISE`: a picture drawn with your own function, saved as PNG, and opened where there is a display."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from winnow.course import find_root, load
from winnow.errors import UsageError
from winnow.learner import asked, state


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the arguments."""
    command = subparsers.add_parser("show", help="a picture drawn with your function", description=__doc__)
    command.add_argument("exercise", metavar="EXERCISE", help="which exercise")
    command.add_argument("--out", type=Path, metavar="FILE", help="where to save the picture (default: in .winnow)")
    command.add_argument("--no-open", action="store_true", help="only save it")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Draw. 1 when the learner's function is not started, or raises."""
    from winnow.learner.picture import NotDrawnError, draw, open_file

    course = load(find_root())
    exercise = asked.exercise(course, args.exercise)
    out: Path = args.out or state.folder(course.root) / "pictures" / f"{exercise.id}.png"
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        draw(exercise, out)
    except NotDrawnError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        raise UsageError(f"{out} cannot be written: {error.strerror}") from None
    print(out)
    if not args.no_open and sys.stdout.isatty():
        open_file(out)
    return 0
