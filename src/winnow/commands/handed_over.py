"""`--layout` and `--roster`: how the class was handed over, and who is in it."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from winnow.course import Course
from winnow.errors import UsageError

if TYPE_CHECKING:
    from winnow.submission.layouts import HandIn, Layout

LAYOUTS = (
    "gradescope", "moodle", "blackboard", "brightspace", "canvas", "nbgrader", "github", "teams", "folders"
)  # fmt: skip


def add_handed_over(command: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    command.add_argument(
        "--layout",
        choices=LAYOUTS,
        help="how the class was handed over, where winnow does not see it rightly by itself",
    )
    command.add_argument(
        "--roster",
        type=Path,
        metavar="FILE",
        help="who is in the class: CSV with id, name, email, section, or an export of Canvas, Moodle or nbgrader",
    )


@dataclass(frozen=True)
class HandedOver:
    """Every learner, sorted by name, how the class was handed over, and what is to be said of it."""

    hand_ins: list[HandIn]
    layout: Layout
    remarks: tuple[str, ...]


def refuse_course_of_learner(course: Course, args: argparse.Namespace) -> None:
    """Raise UsageError where the course lies in what was handed in: its checks would run unconfined."""
    nbgrader = getattr(args, "nbgrader", None)
    for folder in (args.submissions, nbgrader and nbgrader / "submitted"):
        if folder is not None and course.root.is_relative_to(folder.resolve()):
            raise UsageError(
                f"the course {course.root} lies in {folder}, so it is a learner's: go into your own course's folder, "
                "or set WINNOW_COURSE to it"
            )


def handed_over(course: Course, args: argparse.Namespace) -> HandedOver:
    """The class in the folder or archive `args.submissions`. Raises UsageError."""
    from winnow.roll_call import Called, call
    from winnow.roster import read_roster
    from winnow.submission import find_class

    found = find_class(args.submissions, course.everything.exercises, args.layout)
    called = call(read_roster(args.roster), found.hand_ins) if args.roster else Called(found.hand_ins)
    return HandedOver(called.hand_ins, found.layout, (*found.remarks, *called.remarks))
