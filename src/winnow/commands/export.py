"""`winnow export RESULTS --to FORMAT`: grades in the format that your institution takes."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from winnow.course import find_root, load
from winnow.errors import UsageError
from winnow.record import RunResult
from winnow.record_file import NAME
from winnow.record_file import load as load_results

FORMATS = ("csv", "json", "junit", "gradescope", "classroom", "moodle", "moodle-worksheet", "canvas", "blackboard")
NAMES = {
    "csv": "grades.csv", "json": "record.json", "junit": "junit.xml", "gradescope": "gradescope",
    "classroom": "classroom", "moodle": "moodle.csv", "moodle-worksheet": "worksheet.csv",
    "canvas": "canvas.csv", "blackboard": "blackboard.csv",
}  # fmt: skip


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the arguments."""
    command = subparsers.add_parser("export", help="grades in the format of an institution", description=__doc__)
    command.add_argument("results", type=Path, help="the folder that winnow grade wrote, or its results.json")
    command.add_argument("--to", required=True, choices=FORMATS, help="the format")
    command.add_argument("--out", type=Path, help="the file or folder to write (default: beside the results)")
    command.add_argument(
        "--ids", type=Path, metavar="MAP.csv", help="a table with the column student and what the institution calls it"
    )
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Export. 0 when the file is written."""
    from winnow.exports import export, unknown_to

    course = load(find_root())
    path, run = read_results(args.results)
    out = args.out or path.parent / NAMES[args.to]
    if out.resolve() == path.resolve():
        raise UsageError(f"--out {out} is the record itself: name another file")
    try:
        written = export(run, course, args.to, out, args.ids)
    except OSError as error:
        raise UsageError(f"{error.filename or out} cannot be written: {error.strerror}") from None
    print(written)
    if args.ids is None and (said := unknown_to(run, args.to)):
        print(f"note: {said}", file=sys.stderr)
    return 0


def read_results(place: Path) -> tuple[Path, RunResult]:
    """The path of `results.json` and what it holds. Raises UsageError when it is not one of ours."""
    path = place / NAME if place.is_dir() else place
    try:
        return path, load_results(path)
    except FileNotFoundError:
        raise UsageError(f"there is no {path}: name the folder that winnow grade wrote (--out)") from None
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from None
    except ValueError as error:
        raise UsageError(str(error)) from None
