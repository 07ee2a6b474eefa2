"""A whole class: what was graded before is taken from the store, and the rest is graded side by side."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from winnow.course import Course, quiz_name
from winnow.errors import GraderError
from winnow.grading.job import Job, Settings
from winnow.grading.pool import grade
from winnow.grading.quizzes import Quizzes
from winnow.quiz import bank
from winnow.record import NOBODY, ExerciseResult, Person, SubmissionResult, total
from winnow.store import Store, source_digest
from winnow.submission import Gathered, Place, QuizSought, Submission, read_submission

Entries = Sequence[tuple[str, Place | Gathered]]
Graders = Callable[[Course, Iterable[Job], Settings, int], Iterator[tuple[Job, list[ExerciseResult]]]]
"""What grades jobs, and gives each job with its results once it is done: processes of this machine, or a cluster."""


@dataclass
class Tally:
    """What a run came to.

    `taken_over`: how many submissions were graded before. `unread`, `faults`: a sentence for each submission that was
    not graded.
    """

    submissions: int = 0
    taken_over: int = 0
    unread: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def status(self) -> int:
        """The exit status: 3 for a fault of the grader, 1 for a submission of which nothing could be read."""
        return 3 if self.faults else 1 if self.unread else 0


@dataclass(frozen=True)
class _Pending:
    submission: Submission
    keys: dict[str, str]
    kept: dict[str, ExerciseResult]


def grade_class(
    course: Course,
    entries: Entries,
    store: Store,
    settings: Settings,
    processes: int | None = None,
    fresh: bool = False,
    done: Callable[[SubmissionResult], None] = lambda result: None,
    *,
    graders: Graders = grade,
    trial: bool = False,
) -> Tally:
    """Grade every entry into the store, calling `done` for each learner once the result is kept.

    Args:
        graders: what grades the jobs.
        trial: keep the results by their keys alone. What each learner was last given stays as it is.

    Raises:
        CourseError: the course is at fault.
        StoreError: the store cannot be written; what was kept so far stays.
    """
    tally = Tally()
    quizzes = Quizzes(course, settings.secret, (student for student, _ in entries))
    pending: dict[str, _Pending] = {}

    def finish(one: _Pending, results: dict[str, ExerciseResult]) -> None:
        submission = one.submission
        ordered = [results[name] for name in one.keys]
        pairs = [(one.keys[result.exercise], result) for result in ordered]
        if trial:
            store.put_by(pairs)
        else:
            digests = {name: source_digest(source) for name, source in submission.sources.items()}
            store.keep(submission.student, pairs, submission.notes, digests)
        tally.submissions += 1
        tally.faults += [
            f"{submission.student}, {r.exercise}: {r.message}" for r in ordered if r.status == "grader_error"
        ]
        if {r.status for r in ordered} - {"missing"} == {"unreadable"}:
            tally.unread.append(f"{submission.student}: {next(r.message for r in ordered if r.status == 'unreadable')}")
        done(SubmissionResult(submission.student, *total(ordered), tuple(ordered), submission.notes))

    def jobs() -> Iterator[Job]:
        for student, place in entries:
            submission = read(course, student, place, quizzes.asked)
            keys = {
                exercise.id: settings.key(submission.sources[exercise.id], exercise.id) for exercise in course.exercises
            }
            of_quizzes = quizzes.keys(submission)
            keys |= of_quizzes
            found = {} if fresh else {name: store.find(at) for name, at in keys.items()}
            kept = {name: result for name, result in found.items() if result is not None}
            taken_over = len(kept) == len(keys)
            # No learner's code runs in a quiz, and scoring one takes no time: so it is done at once, in this process.
            kept |= {name: quizzes.score(submission, name) for name in of_quizzes if name not in kept}
            missing = tuple(name for name in keys if name not in kept)
            one = _Pending(submission, keys, kept)
            if missing:
                pending[student] = one
                yield Job(submission, missing)
            else:
                tally.taken_over += taken_over
                finish(one, kept)

    for job, results in graders(course, jobs(), settings, processes or os.cpu_count() or 1):
        one = pending.pop(job.submission.student)
        finish(one, one.kept | {result.exercise: result for result in results})
    if pending:
        raise GraderError(f"{len(pending)} submissions were not graded, {next(iter(pending))} among them: run again")
    return tally


def read(course: Course, student: str, handed_in: Place | Gathered, asked: Sequence[QuizSought] = ()) -> Submission:
    """What one learner handed in for this course, or for this part of it.

    The whole course is looked for in either case, so that a file for another part is not taken for one of this part.
    """
    submission = read_submission(student, handed_in, course.everything.exercises, asked)
    if course.whole is None:
        return submission
    return replace(submission, sources={name: one for name, one in submission.sources.items() if name in course.titles})


class Graded(Sequence[SubmissionResult]):
    """The latest results of `entries`. They are read from the store one learner at a time, whenever they are asked for.

    `people`: who the learners are, as far as that is known.
    """

    def __init__(
        self, course: Course, entries: Entries, store: Store, people: Mapping[str, Person] | None = None
    ) -> None:
        names = [exercise.id for exercise in course.exercises]
        self._names = names + [quiz_name(module) for module in bank.graded(course)]
        self._students = [student for student, _ in entries]
        self._store = store
        self._people = people or {}

    def __len__(self) -> int:
        return len(self._students)

    def __getitem__(self, at):  # type: ignore[no-untyped-def]
        chosen = self._students[at]
        return [self._read(student) for student in chosen] if isinstance(at, slice) else self._read(chosen)

    def _read(self, student: str) -> SubmissionResult:
        latest = self._store.latest(student)
        ordered = tuple(latest[name] for name in self._names if name in latest)
        person = self._people.get(student, NOBODY)
        return SubmissionResult(student, *total(ordered), ordered, self._store.notes(student), person)
