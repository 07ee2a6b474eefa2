"""Which grader does what next: jobs are dealt out exercise by exercise, to a grader that has learnt the exercise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace

from winnow.course import Course
from winnow.grading.job import Job
from winnow.record import ExerciseResult
from winnow.submission import imports


@dataclass
class OpenJob:
    """A job that is not done yet: the exercises that wait for a grader, and the results that are there.

    `slow`: a grader was held up over it; what is left of it comes after all others.
    """

    job: Job
    waiting: list[str]
    results: dict[str, ExerciseResult] = field(default_factory=dict)
    slow: bool = False

    def part(self, exercise: str) -> Job:
        """The job, of this exercise alone."""
        self.waiting.remove(exercise)
        return replace(self.job, exercises=(exercise,))

    def ordered(self) -> list[ExerciseResult]:
        """All results, in the order of the job."""
        return [self.results[name] for name in self.job.exercises]


class Desk:
    """Deals out jobs exercise by exercise.

    A grader stays with its exercise as long as there is work for it. What it has learnt, the questions drawn and the
    mistakes explained, then serves the whole class. A grader has the code of two submissions run side by side, so
    half as many graders as processors keep all processors busy. Another grader learns the exercise only where there is
    much to do. Jobs are read only as far ahead as that takes, so memory does not grow with the class.
    """

    AHEAD = 16
    ENOUGH = 48
    """How many jobs of an exercise there are for each grader that has learnt it, before one more learns it."""

    def __init__(self, jobs: Iterable[Job], processes: int) -> None:
        self._graders = 0
        self._jobs = iter(jobs)
        self._processes = processes
        self._room = self.AHEAD * processes
        self._open: list[OpenJob] = []
        self._dealt: Counter[str] = Counter()
        self._learners: Counter[str] = Counter()

    def next(self, last: str, learnt: set[str]) -> tuple[OpenJob, str] | None:
        """A job, and which of its exercises to grade now, for a grader; None when there is nothing for it.

        Args:
            last: the exercise that the grader graded before.
            learnt: all exercises that it has graded; the one that it is given now is added.
        """
        exercise = self._choice(last, learnt)
        if exercise is None:
            return None
        self._dealt[exercise] += 1
        self._learners[exercise] += exercise not in learnt
        learnt.add(exercise)
        one = min((one for one in self._open if exercise in one.waiting), key=lambda one: one.slow)
        return one, exercise

    def _choice(self, last: str, learnt: Collection[str]) -> str | None:
        while len(self._open) < self._room:
            job = next(self._jobs, None)
            if job is None:
                self._room = 0
                break
            self._open.append(OpenJob(job, list(job.exercises)))
        prompt = any(one.waiting and not one.slow for one in self._open)
        waiting = Counter(name for one in self._open for name in one.waiting if not (prompt and one.slow))
        if last in waiting:
            return last
        return next((name for name, _ in waiting.most_common() if name in learnt or self._pays(name)), None)

    def _pays(self, exercise: str) -> bool:
        """Whether one more grader should learn an exercise."""
        learners = self._learners[exercise]
        return 2 * learners < self._processes or self._dealt[exercise] >= self.ENOUGH * learners

    def needs(self, course: Course) -> Iterator[set[str]]:
        """For each exercise of each open job: the libraries that the exercise needs and that its code imports."""
        asked = {exercise.id: exercise.needs for exercise in course.exercises}
        for one in self._open:
            for name in one.waiting:
                yield {*asked[name], *imports(one.job.submission.sources[name])}

    @property
    def has_more(self) -> bool:
        """Whether there is something to do for another grader."""
        return self._choice("", ()) is not None

    @property
    def scarce(self) -> bool:
        """Whether each grader may have one job only, because there are no more jobs than graders."""
        return 1 < self._graders >= sum(len(one.waiting) for one in self._open)

    def join(self) -> None:
        """There is one more grader, which has learnt nothing yet."""
        self._graders += 1

    def leave(self, learnt: Iterable[str]) -> None:
        """A grader is given nothing more, which has learnt these exercises."""
        self._graders -= 1
        self._learners.subtract(learnt)

    def close(self, done: OpenJob) -> None:
        """A job is done."""
        self._open.remove(done)
