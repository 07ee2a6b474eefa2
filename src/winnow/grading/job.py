"""What is to be graded, and by what: a job of one submission, and the settings of a run."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field
from multiprocessing.reduction import ForkingPickler
from pathlib import Path

from winnow.course import Course, CourseError, Limits, load
from winnow.store import exercise_digest, key
from winnow.submission import Source, Submission


@dataclass(frozen=True)
class Settings:
    """What a grader process needs to know, and what a result depends on beside the submission.

    `basis`: by exercise, a digest of all that its verdicts follow from, taken when the run began. Results are kept
    under it. `exercises`: the exercises that are asked about, where these are not all. `draft`: as of the course.
    """

    root: Path
    layers: tuple[str, ...]
    secret: bytes
    basis: tuple[tuple[str, bytes], ...]
    exercises: tuple[str, ...] | None = None
    draft: bool = False

    @classmethod
    def of(cls, course: Course, layers: Iterable[str], secret: bytes) -> Settings:
        """The settings for a course as its files are now."""
        basis = tuple((exercise.id, exercise_digest(exercise)) for exercise in course.exercises)
        part = None if course.whole is None else tuple(exercise.id for exercise in course.exercises)
        return cls(course.root, tuple(layers), secret, basis, part, course.draft)

    def key(self, source: Source, exercise: str) -> str:
        """The key under which the result of what was handed in for an exercise is kept."""
        return key(source, dict(self.basis)[exercise], self.secret, self.layers)

    def course(self) -> Course:
        """The course, or the part of it that is asked about.

        Raises:
            CourseError: a file of the course, or the engine, is no longer what the run began with.
        """
        course = load(self.root, self.draft)
        if self.exercises is not None:
            course = course.part(self.exercises)
        asked = dict(self.basis)
        for exercise in course.exercises:
            if asked.get(exercise.id) != exercise_digest(exercise):
                raise CourseError(
                    f"the checks of {exercise.id} in {self.root}, or winnow itself, are not those that this run began "
                    "with: nothing is graded by them; run again, with the same course and the same winnow everywhere"
                )
        return course


@dataclass(frozen=True)
class Terms:
    """How a job is graded, where it is not graded as a learner's is: `winnow doctor` tries many secrets and mutants.

    `secret` and `limits` replace those of the run. `explain`: say why a check failed, `examples`: with a
    counterexample. `to_the_end`: go on after a failed check.
    """

    secret: bytes | None = None
    limits: Limits | None = None
    explain: bool = True
    examples: bool = True
    to_the_end: bool = True


Part = tuple[str, int]
"""An exercise, and the number of one of its checks, or what else `winnow.grading.budget` has a limit for."""


@dataclass(frozen=True)
class Job:
    """One submission, and which of its exercises to grade.

    `given_up`: the parts at which graders before used up their budget. `attempt`: 1, and 1 more for each grader that
    was lost over the job for another reason. `ticket`: the number by which the job's results are known.
    """

    submission: Submission
    exercises: tuple[str, ...]
    terms: Terms = Terms()
    given_up: tuple[Part, ...] = ()
    attempt: int = 1
    ticket: int = field(default_factory=itertools.count(1).__next__, compare=False)


def pickled(job: Job) -> bytes:
    """A job as it is sent. All of it that a learner wrote is text."""
    return bytes(ForkingPickler.dumps(job))
