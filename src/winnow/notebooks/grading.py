"""Grades one notebook: what was handed in, as text, and the results of its module's exercises and quiz."""

from __future__ import annotations

import atexit
import hashlib
from collections.abc import Collection, Mapping
from pathlib import Path

from winnow import log
from winnow.course import Course
from winnow.errors import GraderError
from winnow.grading.job import Job, Settings
from winnow.grading.process import GraderProcess, lost
from winnow.notebooks import groups
from winnow.notebooks.handed_out import drawn_with
from winnow.quiz import answer_cells, bank, scoring
from winnow.quiz.question import Quiz
from winnow.quiz.variants import CLASS, course_salt
from winnow.record import ExerciseResult
from winnow.store import Store, engine_digest
from winnow.submission import Submission, read_one_file

STORE = "winnow.sqlite"
"""Lies beside nbgrader's gradebook.db, with every result in full."""


class NotebookGrader:
    """Grades notebooks one after another; what was graded before, here or side by side, comes from the store."""

    def __init__(self, course: Course, settings: Settings, store: Store) -> None:
        self.course = course
        self.settings = settings
        self.store = store
        self._process: GraderProcess | None = None
        self._salts: dict[Path, str] = {}
        self._quizzes: dict[str, tuple[Quiz, Mapping[str, bank.Key]]] = {}

    def grade(self, student: str, path: Path, raw: bytes, module: str, source: Path) -> dict[str, ExerciseResult]:
        """The results of a notebook, by exercise; the quiz is among them.

        Args:
            path: where it was handed in.
            raw: what was read there.
            source: the notebook as the instructor has it, which knows for whom the quiz was drawn.

        Raises:
            GraderError: a fault of the grader, which must cost the learner nothing.
            CourseError: the course is at fault.
        """
        submission = read_one_file(student, path, raw, self.course.exercises)
        found = self.known(submission, module)
        missing = [one.id for one in groups.exercises(self.course, module) if one.id not in found]
        if missing:
            found |= {result.exercise: result for result in self._run(Job(submission, tuple(missing)))}
        self.keep(submission, found)
        for result in found.values():
            if result.status == "grader_error":
                raise GraderError(f"{student}, {result.exercise}: {result.message}")
        return found | self.quiz(submission, module, source)

    def known(self, submission: Submission, module: str) -> dict[str, ExerciseResult]:
        """What the store has of this very content."""
        exercises = groups.exercises(self.course, module)
        kept = {one.id: self.store.find(self._key(submission, one.id)) for one in exercises}
        return {name: result for name, result in kept.items() if result is not None}

    def keep(self, submission: Submission, results: dict[str, ExerciseResult]) -> None:
        """Put results of exercises into the store."""
        pairs = [(self._key(submission, name), result) for name, result in results.items()]
        self.store.keep(submission.student, pairs, submission.notes)

    def _key(self, submission: Submission, exercise: str) -> str:
        return self.settings.key(submission.sources[exercise], exercise)

    def _run(self, job: Job) -> list[ExerciseResult]:
        if self._process is None:
            self._process = GraderProcess(self.settings)
        trying: Job | None = job
        while trying is not None:
            self._process.send(trying)
            results = self._process.receive(trying)
            if results is not None:
                return results
            trying = self._process.again(trying)
        return lost(job, self.course)

    def quiz(self, submission: Submission, module: str, source: Path) -> dict[str, ExerciseResult]:
        """The result of the module's quiz, from the cells of the notebook; nothing where there is no quiz."""
        if not bank.counts(self.course, module):
            return {}
        questions, keys = self._questions(module)
        answers = answer_cells.read_sources((cell.source for cell in submission.cells), questions)
        about = self.course, module, CLASS, answers
        result = scoring.exercise_result(*about, salt=self._salt(source), quiz=questions, keys=keys)
        # Kept for reports only; it is found anew every time, so its key need only be of its own.
        key = hashlib.sha256(repr((engine_digest(), submission.student, module, result)).encode()).hexdigest()
        self.store.keep(submission.student, [(key, result)], submission.notes)
        return {result.exercise: result}

    def _questions(self, module: str) -> tuple[Quiz, Mapping[str, bank.Key]]:
        if module not in self._quizzes:
            quiz = bank.quiz(self.course, module)
            self._quizzes[module] = quiz, bank.keys(self.course, quiz)
        return self._quizzes[module]

    def _salt(self, source: Path) -> str:
        if source not in self._salts:
            drawn = drawn_with(source)
            self._salts[source] = drawn or course_salt(self.course.root, self.settings.secret)
        return self._salts[source]

    def close(self) -> None:
        """End the grader process; the next notebook starts another."""
        if self._process is not None:
            self._process.close()
            self._process = None


_graders: dict[Path, NotebookGrader] = {}


def warm_grader(course: Course, settings: Settings, folder: Path) -> NotebookGrader:
    """The grader of this process for an nbgrader course folder. It stays warm until the process ends, as long as it is
    asked about the same course in the same state."""
    log.begin("nbgrader")
    folder = folder.resolve()
    grader = _graders.get(folder)
    if grader is not None and (grader.course, grader.settings) != (course, settings):
        grader.close()
        grader.store.close()
        grader = None
    if grader is None:
        grader = _graders[folder] = NotebookGrader(course, settings, Store(folder / STORE))
    return grader


@atexit.register
def _close_all() -> None:
    for grader in _graders.values():
        grader.close()


def scores(graded: Collection[groups.GradedCell], results: dict[str, ExerciseResult]) -> dict[str, float]:
    """The score of every graded cell, between 0 and what the cell is worth."""
    earned = {}
    for cell in graded:
        result = results.get(cell.exercise)
        checks = result.checks if result else ()
        total = sum(check.score for check in checks if plain(check.name) in cell.checks)
        earned[cell.grade_id] = min(max(round(total, 9), 0.0), cell.points)
    return earned


def plain(check: str) -> str:
    """The name of a check without the parameters that pytest puts behind it."""
    return check.partition("[")[0]
