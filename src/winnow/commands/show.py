"""`winnow show EXERCISE`: a picture drawn with your own function, saved as PNG, and opened where there is a display."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from winnow.course import Course, Exercise, find_root, load
from winnow.errors import UsageError
from winnow.learner import asked, state


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the arguments."""
    command = subparsers.add_parser("show", help="a picture drawn with your function", description=__doc__)
    command.add_argument("exercise", metavar="EXERCISE", help="which exercise")
    command.add_argument("--out", type=Path, metavar="FILE", help="where to save the picture (default: in .winnow)")
    command.add_argument("--no-open", action="store_true", help="only save it")
    command.add_argument(
        "--shape", action="store_true", help="in the course: write the curves as they should be, for learners"
    )
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Draw. 1 when the learner's function is not started, or raises."""
    from winnow.learner.picture import NotDrawnError, draw, open_file

    course = load(find_root())
    exercise = asked.exercise(course, args.exercise)
    if args.shape:
        return _write_shape(course, exercise)
    out: Path = args.out or state.folder(course.root) / "pictures" / f"{exercise.id}.png"
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        remark = _remark(course, exercise)
        draw(exercise, out, remark)
    except NotDrawnError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        raise UsageError(f"{out} cannot be written: {error.strerror}") from None
    print(out)
    if remark:
        print(f"note: {remark}: winnow check {exercise.id}", file=sys.stderr)
    if not args.no_open and sys.stdout.isatty():
        open_file(out)
    return 0


def _remark(course: Course, exercise: Exercise) -> str:
    """What to say below the picture of a function whose public checks do not all pass."""
    from winnow.learner.progress import Progress

    progress = Progress.load(course.root)
    if not progress.known(exercise):
        from winnow.learner.checking import check, nurseries

        with nurseries() as warm:
            check(course, [exercise], warm)
        progress = Progress.load(course.root)
    standing = progress.standing(exercise)
    wrong = standing.state == "in progress" and standing.failing
    return f"{standing.told.partition(';')[0]}, so this picture may be wrong, too" if wrong else ""


def _write_shape(course: Course, exercise: Exercise) -> int:
    """The curves that the reference draws, beside the picture: they are handed out with it."""
    import json

    from winnow.learner.picture import right_curves, shapes_of

    if not course.has_graders:
        raise UsageError("this is a learner's copy of the course; the reference is in the course itself")
    path = shapes_of(exercise)
    path.write_text(json.dumps(right_curves(exercise), separators=(",", ":")) + "\n", encoding="utf-8")
    print(path.relative_to(course.root).as_posix())
    return 0
