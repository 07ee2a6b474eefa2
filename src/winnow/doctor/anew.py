"""Examining exercises anew: graders, the inquiry and a learner's own pytest work side by side, exercise by exercise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from winnow.course import Course, Exercise
from winnow.doctor import learners_own, mutants, roster
from winnow.doctor.apart import Apart
from winnow.doctor.findings import Findings
from winnow.doctor.inquiry import Inquiry, inquire
from winnow.doctor.mutants import Mutant
from winnow.doctor.plan import Task, secret, tasks
from winnow.doctor.sheet import Sheet
from winnow.doctor.writing import Evidence, write
from winnow.grading.job import Job, Settings
from winnow.grading.pool import grade, prewarm


@dataclass
class Case:
    """One exercise while it is examined. `left`: how many gradings are still to be done."""

    exercise: Exercise
    mutants: Sequence[Mutant] | None
    tasks: Sequence[Task]
    gathered: Findings
    left: int


def examined(
    course: Course,
    seeds: int,
    with_mutants: bool,
    layers: Sequence[str],
    processes: int,
    advance: Callable[[int, int], None],
) -> Iterator[Sheet]:
    """The sheet of every exercise of `course`, as soon as it can be written.

    Raises:
        CourseError: the course is at fault.
    """
    prewarmed = prewarm(course.exercises, layers)
    own = Apart(learners_own.failures, course)
    inquiry = Apart(inquire, course, secret(0))
    try:
        cases = [_case(exercise, seeds, with_mutants) for exercise in course.exercises]
        by_id = {case.exercise.id: case for case in cases}
        total = sum(case.left for case in cases)
        settings = Settings.of(course, layers, secret(0))
        waiting: list[Case] = []
        graded = grade(course, _jobs(cases), settings, processes, prewarmed)
        for done, (job, (result,)) in enumerate(graded, start=1):
            case = by_id[job.exercises[0]]
            case.gathered.add(case.tasks[int(job.submission.student)], result)
            case.left -= 1
            advance(done, total)
            waiting += [case] if not case.left else []
            for ready in [one for one in waiting if own.done(one.exercise.id) and inquiry.done(one.exercise.id)]:
                waiting.remove(ready)
                yield _sheet(ready, own, inquiry)
        for case in waiting:
            yield _sheet(case, own, inquiry)
    finally:
        inquiry.close()
        own.close()
        prewarmed.close()


def _case(exercise: Exercise, seeds: int, with_mutants: bool) -> Case:
    made = list(mutants.mutants(roster.solution(exercise))) if with_mutants else None
    planned = list(tasks(exercise, seeds, made or ()))
    return Case(exercise, made, planned, Findings.of(exercise, seeds), len(planned))


def _jobs(cases: Sequence[Case]) -> Iterator[Job]:
    for case in cases:
        for number, task in enumerate(case.tasks):
            yield task.job(case.exercise, number)


def _sheet(case: Case, own: Apart[list[str]], inquiry: Apart[Inquiry]) -> Sheet:
    name = case.exercise.id
    return write(case.exercise, Evidence(case.gathered, inquiry.found(name), own.found(name), case.mutants))
