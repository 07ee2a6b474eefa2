"""`winnow regrade SUBMISSIONS --out DIR`: after a check or the key of a quiz was corrected, whose score
changes, by how much, and why.

Nothing that was given changes until the same command is run with --apply.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table
from rich.text import Text

from winnow.commands.grade import STORE, add_run_arguments
from winnow.commands.grade_class import finish, graders, read_run
from winnow.commands.handed_over import refuse_course_of_learner
from winnow.commands.scope import scoped
from winnow.console import plain_console
from winnow.course import Course, find_root, load
from winnow.errors import UsageError
from winnow.feedback.visible import one_line
from winnow.feedback.words import OUTCOMES, STATUSES, number
from winnow.grading.claim import claimed
from winnow.grading.job import Settings
from winnow.grading.progress_bar import ProgressBar
from winnow.grading.quizzes import Quizzes
from winnow.grading.run import Entries, Graders, Tally, grade_class, read
from winnow.record import ExerciseResult, SubmissionResult
from winnow.store import Kept, Store, source_digest


@dataclass(frozen=True)
class Change:
    """One exercise or quiz of one learner whose score or status would change."""

    student: str
    exercise: str
    before: str
    after: str
    by: float | None
    why: str


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the arguments."""
    command = subparsers.add_parser(
        "regrade", help="whose score changes after a check was corrected", description=__doc__
    )
    add_run_arguments(command)
    command.add_argument("--apply", action="store_true", help="give the new results")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Compare, and with --apply give the new results; the exit status is that of `winnow grade`."""
    course = scoped(load(find_root()), args, "submissions")
    if args.submissions is None:
        raise UsageError("name the folder of submissions, and --out with the results to compare with")
    refuse_course_of_learner(course, args)
    asked = read_run(course, args)
    entries, settings = asked.entries, asked.settings
    if not (args.out / STORE).is_file():
        raise UsageError(f"{args.out} holds no grades yet: winnow grade comes first")
    grading = graders(args)
    console = plain_console(stderr=True)
    with claimed(args.out):
        store = Store(args.out / STORE)
        try:
            changes, tally = _compare(course, entries, store, settings, args.jobs, grading, console)
            _tell(changes, len(entries))
            if args.apply:
                tally = grade_class(course, entries, store, settings, args.jobs, graders=grading)
                finish(asked, course, store, args.out, tally, console, args.module, quiet=False)
            elif changes:
                console.print("nothing is changed yet: --apply gives the new results", style="dim")
        finally:
            store.close()
    for fault in () if args.apply else tally.faults:
        console.print(f"winnow: grader error: {fault}")
    return tally.status


def _compare(
    course: Course, entries: Entries, store: Store, settings: Settings, jobs: int, grading: Graders, console: Console
) -> tuple[list[Change], Tally]:
    places = dict(entries)
    asked = Quizzes(course, settings.secret).asked
    changes: list[Change] = []
    with ProgressBar(console, len(entries)) as progress:

        def done(after: SubmissionResult) -> None:
            progress.advance()
            before = store.kept(after.student)
            found = [one for one in after.exercises if _differs(before.get(one.exercise), one)]
            if not found:
                return
            sources = read(course, after.student, places[after.student], asked).sources
            for one in found:
                digest = source_digest(sources[one.exercise])
                changes.append(_change(after.student, before.get(one.exercise), one, digest))

        tally = grade_class(course, entries, store, settings, jobs, done=done, graders=grading, trial=True)
    order = {name: at for at, name in enumerate(course.titles)}
    return sorted(changes, key=lambda change: (change.student, order[change.exercise])), tally


def _differs(before: Kept | None, after: ExerciseResult) -> bool:
    return before is None or (before.result.status, before.result.score) != (after.status, after.score)


def _change(student: str, before: Kept | None, after: ExerciseResult, handed_in: str) -> Change:
    if before is None:
        return Change(student, after.exercise, "", _worth(after), None, "not graded before")
    judged = "grader_error" not in (before.result.status, after.status)
    by = after.score - before.result.score if judged else None
    reasons = [] if before.handed_in in ("", handed_in) else ["handed in anew"]
    was = {check.name: check for check in before.result.checks}
    now = {check.name: check for check in after.checks}
    for name in dict.fromkeys((*was, *now)):
        old, new = was.get(name), now.get(name)
        if old is None or new is None:
            reasons.append(f"{name}: {'no longer asked' if new is None else 'new, ' + OUTCOMES[new.outcome]}")
        elif old.outcome != new.outcome:
            reasons.append(f"{name}: {OUTCOMES[old.outcome]}, now {OUTCOMES[new.outcome]}")
        elif old.points != new.points:
            reasons.append(f"{name}: worth {number(old.points)}, now {number(new.points)}")
        elif old.score != new.score:
            reasons.append(f"{name}: earned {number(old.score)}, now {number(new.score)}")
    if before.result.status != after.status:
        reasons.append(after.message or STATUSES[after.status])
    return Change(student, after.exercise, _worth(before.result), _worth(after), by, "; ".join(reasons))


def _worth(result: ExerciseResult) -> str:
    return number(result.score) if result.status == "graded" else STATUSES[result.status]


def _tell(changes: list[Change], learners: int) -> None:
    console = plain_console()
    if not changes:
        console.print(f"no score changes: {learners} learners, graded by the checks as they are now")
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for heading in ("learner", "exercise"):
        table.add_column(heading, overflow="fold")
    for heading in ("was", "is", "by"):
        table.add_column(heading, justify="right")
    table.add_column("why", overflow="fold")
    for change in changes:
        by = "" if change.by is None else f"{'+' if change.by > 0 else ''}{number(change.by)}"
        cells = (change.student, change.exercise, change.before, change.after, by, change.why)
        table.add_row(*(Text(one_line(cell)) for cell in cells))
    console.print(table)
    people = len({change.student for change in changes})
    console.print(f"{people} of {learners} learners: {len(changes)} results change")
