"""The whole examination: plans what is graded with which seed, has it graded, and writes one sheet per exercise."""

from __future__ import annotations

import hashlib
import multiprocessing
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from winnow.course import Course, Exercise
from winnow.diagnosis import known
from winnow.doctor import learners_own, mutants, roster
from winnow.doctor.inquiry import inquire
from winnow.doctor.mutants import Mutant
from winnow.doctor.roster import Entry
from winnow.doctor.sheet import Sheet
from winnow.doctor.verdicts import Verdict, verdict
from winnow.doctor.writing import Evidence, write
from winnow.grading.pool import Job, Settings, Terms, grade
from winnow.quiz import bank, honesty
from winnow.record import ExerciseResult

# Most mutants that do not stop loop at once; the time is for a busy machine, not for them.
MUTANT_WALL, MUTANT_CPU = 5.0, 2.0


@dataclass(frozen=True)
class Task:
    """One grading: an entry with a seed."""

    number: int
    entry: Entry
    seed: int
    job: Job


@dataclass(frozen=True)
class Report:
    """The sheets, and what is wrong with the quizzes, by module."""

    sheets: tuple[Sheet, ...]
    quizzes: dict[str, tuple[str, ...]]

    @property
    def healthy(self) -> bool:
        """Whether nothing at all failed."""
        return not any(sheet.failures for sheet in self.sheets) and not any(self.quizzes.values())


@dataclass
class Plan:
    """All gradings, dealt to grader processes."""

    course: Course
    seeds: int
    streams: list[list[Task]]
    made: dict[str, list[Mutant]] = field(default_factory=dict)
    _numbers: int = 0

    def add(self, exercise: Exercise, entry: Entry, seed: int, terms: Terms) -> None:
        """One more grading.

        A seed stays with one process, which draws its questions once. The first, which takes longest, is shared out.
        """
        submission = replace(entry.submission(exercise), student=str(self._numbers))
        task = Task(self._numbers, entry, seed, Job(submission, (exercise.id,), terms))
        self.streams[(seed or self._numbers) % len(self.streams)].append(task)
        self._numbers += 1


def secret(seed: int) -> bytes:
    """The course secret that stands behind a seed; the same on every machine."""
    return hashlib.sha256(f"winnow doctor, seed {seed}".encode()).digest()


def plan(course: Course, exercises: Sequence[Exercise], seeds: int, with_mutants: bool, processes: int) -> Plan:
    """Everything that is to be graded."""
    made = Plan(course, seeds, [[] for _ in range(processes)])
    for exercise in exercises:
        entries = list(roster.entries(exercise, known.read(exercise)))
        for seed in range(seeds):
            for entry in entries:
                made.add(exercise, entry, seed, Terms(secret(seed), examples=seed == 0))
        for entry in roster.impostors(exercise):
            made.add(exercise, entry, 0, Terms(secret(0), explain=False))
        if with_mutants:
            limits = replace(exercise.limits, wall=MUTANT_WALL, cpu=MUTANT_CPU)
            terms = Terms(secret(0), limits, explain=False, to_the_end=False)
            made.made[exercise.id] = list(mutants.mutants(roster.solution(exercise)))
            for at, mutant in enumerate(made.made[exercise.id]):
                made.add(exercise, roster.mutant(exercise, str(at), mutant.text), 0, terms)
    return made


def examine(
    course: Course,
    exercises: Sequence[Exercise],
    *,
    seeds: int,
    with_mutants: bool,
    layers: Sequence[str],
    processes: int,
    advance: Callable[[int, int], None] = lambda done, of: None,
) -> Report:
    """Examine `exercises` and the quizzes of their modules.

    Args:
        advance: is told how many gradings of how many are done.

    Raises:
        CourseError: the course is at fault, so that nothing can be graded.
    """
    ids = [exercise.id for exercise in exercises]
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, spawn) as apart, ThreadPoolExecutor(2) as threads:
        inquiry = apart.submit(inquire, course.root, ids, secret(0))
        own = threads.submit(learners_own.failures, course, exercises)
        quizzes = threads.submit(_quizzes, course, [exercise.module for exercise in exercises])
        planned = plan(course, exercises, seeds, with_mutants, processes)
        results, verdicts = _graded(planned, Settings.of(course, layers, secret(0)), advance)
        inquired, failed = inquiry.result(), own.result()
        sheets = []
        for exercise in exercises:
            tasks = [task for stream in planned.streams for task in stream if task.entry.exercise == exercise.id]
            tasks.sort(key=lambda task: task.number)
            evidence = Evidence(
                first=[(task.entry, results[task.number]) for task in tasks if task.seed == 0],
                others=_by_entry(tasks, verdicts),
                inquiry=inquired[exercise.id],
                own_pytest=failed[exercise.id],
                mutants=planned.made.get(exercise.id),
            )
            sheets.append(write(exercise, seeds, evidence))
        return Report(tuple(sheets), quizzes.result())


def _by_entry(tasks: Sequence[Task], verdicts: dict[int, Verdict]) -> dict[Entry, list[Verdict]]:
    found: dict[Entry, list[Verdict]] = {}
    for task in tasks:
        found.setdefault(task.entry, []).append(verdicts[task.number])
    return {entry: each for entry, each in found.items() if len(each) > 1}


def _quizzes(course: Course, modules: Sequence[str]) -> dict[str, tuple[str, ...]]:
    chosen = [module for module in dict.fromkeys(modules) if bank.has_quiz(course, module)]
    return {module: tuple(map(str, honesty.examine(course, module))) for module in chosen}


def _graded(
    planned: Plan, settings: Settings, advance: Callable[[int, int], None]
) -> tuple[dict[int, ExerciseResult], dict[int, Verdict]]:
    """The results with the first seed, and all verdicts, by the number of the task."""
    results: dict[int, ExerciseResult] = {}
    verdicts: dict[int, Verdict] = {}
    total = sum(len(stream) for stream in planned.streams)
    stop, lock = threading.Event(), threading.Lock()

    def jobs(stream: list[Task]) -> Iterator[Job]:
        for task in stream:
            if stop.is_set():
                return
            yield task.job

    def work(stream: list[Task]) -> None:
        try:
            tasks = {task.job.submission.student: task for task in stream}
            for job, (result,) in grade(planned.course, jobs(stream), settings, 1):
                task = tasks[job.submission.student]
                with lock:
                    verdicts[task.number] = verdict(result)
                    if task.seed == 0:
                        results[task.number] = result
                    advance(len(verdicts), total)
        except BaseException:
            stop.set()
            raise

    with ThreadPoolExecutor(len(planned.streams)) as threads:
        try:
            for done in [threads.submit(work, stream) for stream in planned.streams]:
                done.result()
        finally:
            stop.set()
    return results, verdicts
