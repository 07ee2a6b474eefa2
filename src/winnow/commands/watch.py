"""`winnow watch [EXERCISE ...]`: save a file, see the verdict. Ctrl-C ends it."""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from winnow.commands import hint
from winnow.console import plain_console
from winnow.course import Course, Exercise, find_root, load
from winnow.feedback.terminal import print_exercise
from winnow.learner import asked
from winnow.learner.checking import UNCONFINED, nurseries, passes
from winnow.learner.keys import Keys
from winnow.learner.progress import Progress
from winnow.learner.tutor import ALL_DONE
from winnow.learner.upcoming import Step, following, next_step, what_next
from winnow.learner.watching import Watch
from winnow.record import ExerciseResult

KEYS = "h: hint   n: next exercise   l: list   r: run again   q: quit"


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the arguments."""
    command = subparsers.add_parser("watch", help="save a file, see the verdict", description=__doc__)
    command.add_argument("exercises", nargs="*", metavar="EXERCISE", help="which exercises (default: all)")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Watch until Ctrl-C, or until q is pressed."""
    course = load(find_root())
    chosen = asked.exercises(course, args.exercises)
    keys = Keys()
    view = _View(course, chosen, keys, Progress.load(course.root))
    first = following(course.exercises, view.progress.brief)
    try:
        with keys.open(), nurseries() as warm:
            if warm is None:
                print(f"note: {UNCONFINED}", file=sys.stderr)
            watch = Watch(course, view.watched, warm, view.tell, view.ready, view.begin, view.press)
            watch.run(chosen or ([first] if first else []))
    except KeyboardInterrupt:
        view.console.print()
    return 0


@dataclass
class _View:
    """What a learner sees while watching, and what keys do. `at`: the exercise that is worked on; `watched`: those
    whose files are looked at, which are more than were `chosen` once the learner goes on to others."""

    course: Course
    chosen: list[Exercise]
    keys: Keys
    progress: Progress
    at: Exercise | None = None
    told: bool = False

    def __post_init__(self) -> None:
        self.watched = list(self.chosen or self.course.exercises)
        # Checks write to a stream of their own while they run.
        self.console = plain_console(sys.stdout)

    def begin(self, exercise: Exercise) -> None:
        """Say what is being done, on a clear screen where there is one."""
        self.at = exercise
        if self.keys.can:
            self.console.clear()
        self.console.print(f"checking {exercise.id} ...")

    def tell(self, result: ExerciseResult) -> None:
        """The verdict, and what is next when all passes: then that is what keys are about."""
        self.console.print()
        print_exercise(result, self.course, console=self.console)
        outcomes = {one.name: one.outcome for one in result.checks}
        self.progress.record(self.course.exercise(result.exercise), outcomes)
        if passes(result):
            step = self._step()
            self.console.print(step.text if step else ALL_DONE)
            if step and step.exercise:
                self._go_on_to(step.exercise)
        if self.told and self.keys.can:
            self.console.print(KEYS)

    def ready(self) -> None:
        """Say once what is watched."""
        if not self.told:
            names = ", ".join(exercise.id for exercise in self.chosen) if self.chosen else "all exercises"
            self.console.print(f"\nWatching {names}. Save a file to see the verdict; Ctrl-C ends.")
            if self.keys.can:
                self.console.print(KEYS)
            self.told = True

    def press(self) -> Sequence[Exercise]:
        """Do what a key asks for; the exercises that are to be checked for it.

        Raises:
            KeyboardInterrupt: q was pressed.
        """
        key = self.keys.pressed()
        if key == "q":
            raise KeyboardInterrupt
        if key == "n":
            step = self._step(other=True)
            if step is None or step.exercise is None:
                self.console.print(step.text if step else ALL_DONE)
                return ()
            self._go_on_to(step.exercise)
        if key == "l":
            for exercise in self.watched:
                standing = self.progress.standing(exercise)
                said = "not started" if standing.state == "not started" else standing.told
                self.console.print(f"{'>' if exercise == self.at else ' '} {exercise.id}   {said}")
        if self.at is not None and key == "h":
            # The command itself, which counts what was seen.
            with contextlib.redirect_stdout(self.console.file):
                hint.run(argparse.Namespace(exercise=self.at.id, again=False))
        return (self.at,) if self.at is not None and key in ("r", "n") else ()

    def _go_on_to(self, exercise: Exercise) -> None:
        self.at = exercise
        if exercise not in self.watched:
            self.watched.append(exercise)

    def _step(self, other: bool = False) -> Step | None:
        """What is next; with `other`, what comes after the exercise that is worked on, if it is not done yet: of those
        that were chosen, else of the course."""
        self.progress = Progress.load(self.course.root)
        for among in (self.chosen, self.course.exercises):
            left = [one for one in among if self.progress.standing(one).state != "done"]
            if other and self.at in left and len(left) > 1:
                one = left[(left.index(self.at) + 1) % len(left)]
                return Step(what_next(one, self.progress.standing(one)), one)
        return next_step(self.course, self.progress.standing, self.chosen or [one for one in (self.at,) if one])
