"""Save a file, see the verdict: public checks put to the learner's files each time they change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from winnow.course import Course, Exercise
from winnow.learner.changes import changes
from winnow.learner.checking import apart, for_want, remember, unless_lost
from winnow.learner.progress import digest
from winnow.record import ExerciseResult

if TYPE_CHECKING:
    from winnow.grading.job import Job
    from winnow.nurse import Nurseries


@dataclass
class Watch:
    """Watches the files of `exercises`, to which more may be added meanwhile.

    `tell` gets each verdict; `ready` is called once changes are noticed, `begin` before an exercise is checked; `press`
    sees to keys, again and again, and says what is to be checked for them.
    """

    course: Course
    exercises: list[Exercise]
    warm: Nurseries | None
    tell: Callable[[ExerciseResult], None]
    ready: Callable[[], None]
    begin: Callable[[Exercise], None] = lambda exercise: None
    press: Callable[[], Sequence[Exercise]] = tuple
    _seen: dict[str, str] = field(default_factory=dict)
    _collected: list[Exercise] = field(default_factory=list)
    _due: list[Exercise] = field(default_factory=list)

    def run(self, first: list[Exercise]) -> None:
        """Check `first`, then whatever is saved, until KeyboardInterrupt."""
        for exercise in first:
            self._put(exercise)
        saved = changes(self.course.root / "exercises")
        next(saved)
        if self.warm is None:
            self._apart(saved)
            return
        from winnow.learner import confined

        while True:
            # Checks are imported once; those of an exercise that is not looked at are not imported at all.
            for exercise in self._due:
                if exercise not in self._collected:
                    self._collected.append(exercise)
            confined.run(self.course, self._collected, self._jobs(saved), self._told, self.warm)

    def _jobs(self, saved: Iterator[set[Path]]) -> Iterator[Job]:
        from winnow.learner import confined

        while True:
            while self._due:
                exercise = self._due[0]
                if exercise not in self._collected:
                    return
                self._due.pop(0)
                self._seen[exercise.id] = digest(exercise)
                self.begin(exercise)
                yield confined.job(exercise)
            self._wait(saved)

    def _apart(self, saved: Iterator[set[Path]]) -> None:
        while True:
            while self._due:
                exercise = self._due.pop(0)
                self._seen[exercise.id] = digest(exercise)
                self.begin(exercise)
                for result in apart(self.course, [exercise]):
                    self._told(result)
            self._wait(saved)

    def _wait(self, saved: Iterator[set[Path]]) -> None:
        """Until a file of an exercise has another text than when it was last checked."""
        self.ready()
        for paths in saved:
            for exercise in self.press():
                self._put(exercise)
            for exercise in self.exercises:
                checks = exercise.public_checks in paths
                if (checks or exercise.stub in paths) and self._seen.get(exercise.id) != digest(exercise):
                    self._put(exercise)
                    if checks and exercise in self._collected:
                        self._collected.remove(exercise)
            if self._due:
                return

    def _put(self, exercise: Exercise) -> None:
        """Have an exercise checked, where it can be."""
        if unable := for_want(exercise):
            self._seen[exercise.id] = digest(exercise)
            self.tell(unable)
        else:
            self._due.append(exercise)

    def _told(self, result: ExerciseResult) -> None:
        result = unless_lost(self.course, result)
        # First remembered, then told: Ctrl-C may come as soon as the verdict is read.
        remember(self.course, [result])
        self.tell(result)
