"""The quizzes of a class. They are scored in this process, because nothing that a learner wrote is run for it."""

from __future__ import annotations

import contextlib
import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from winnow.course import ANSWERS, Course, CourseError, quiz_name
from winnow.quiz import answer_cells, bank, scoring
from winnow.quiz import answers as files
from winnow.quiz.answers import Answers, AnswersError
from winnow.quiz.question import Quiz, QuizError
from winnow.quiz.variants import CLASS, course_salt
from winnow.record import ExerciseResult
from winnow.store import quiz_key
from winnow.submission import QuizSought, Source, Submission


@dataclass(frozen=True)
class _Paper:
    """A quiz, its key, and a digest of both files."""

    quiz: Quiz
    keys: Mapping[str, bank.Key]
    digest: bytes

    @property
    def questions(self) -> frozenset[str]:
        return frozenset(question.id for question in self.quiz.questions)


class Quizzes:
    """The quizzes that count, in the order of the course.

    Args:
        learners: all whose work is graded, so that nobody answers with the numbers of another.

    Raises:
        QuizError: a quiz or its key is missing or at fault.
    """

    def __init__(self, course: Course, secret: bytes, learners: Iterable[str] = ()) -> None:
        self._course = course
        self._names = {_plain(name) for name in (CLASS, *learners)}
        self._salt = course_salt(course.root, secret)
        self._papers = {quiz_name(module): _paper(course, module) for module in bank.graded(course)}

    @cached_property
    def asked(self) -> tuple[QuizSought, ...]:
        """What it takes to find the answers in a submission.

        Quizzes that do not count are among it, so that their answers are not taken for those of one that counts.
        """
        counting = tuple(QuizSought(name, one.quiz.module, one.questions) for name, one in self._papers.items())
        return (*counting, *self._others())

    def _others(self) -> Iterator[QuizSought]:
        for module in bank.modules(self._course.everything):
            # A quiz that is not finished does not keep those that were set from being graded.
            with contextlib.suppress(QuizError, CourseError):
                if quiz_name(module) not in self._papers:
                    quiz = bank.quiz(self._course.everything, module)
                    yield QuizSought(quiz_name(module), module, frozenset(question.id for question in quiz.questions))

    def keys(self, submission: Submission) -> dict[str, str]:
        """The store's key of each quiz's result."""
        return {
            name: quiz_key(source, paper.digest, f"{submission.student}\0{self._another(source, submission.student)}",
                           self._salt)
            for name, paper in self._papers.items() for source in [submission.sources[name]]
        }  # fmt: skip

    def score(self, submission: Submission, name: str) -> ExerciseResult:
        """The result of the quiz called `name`. Never raises for anything a learner can do."""
        paper, source = self._papers[name], submission.sources[name]
        worth = sum(question.points for question in paper.quiz.questions)
        if source.status != "found":
            return ExerciseResult(name, source.status, 0.0, worth, message=source.message, notes=source.notes)
        try:
            given, notes = self._given(paper, source, submission.student)
        except AnswersError as error:
            return ExerciseResult(name, "unreadable", 0.0, worth, message=str(error), notes=source.notes)
        result = scoring.exercise_result(
            self._course,
            paper.quiz.module,
            submission.student,
            given,
            salt=self._salt,
            quiz=paper.quiz,
            keys=paper.keys,
            shown=source.path,
        )
        return replace(result, notes=source.notes + notes + result.notes)

    def _another(self, source: Source, student: str) -> str:
        """The name in a file of answers, where it is another learner's or the class'; else nothing.

        The numbers drawn for such a name do not count. Any other name may be what the learner is called at home.
        """
        if source.status != "found" or source.cells[0].label != ANSWERS:
            return ""
        name = files.named(source.cells[0].source.encode())
        if _plain(name) == _plain(CLASS) and source.fallbacks:
            # The widgets of a notebook write this name into the file beside it.
            return ""
        return name if _plain(name) in self._names - {_plain(student)} else ""

    def _given(self, paper: _Paper, source: Source, student: str) -> tuple[Answers, tuple[str, ...]]:
        """The answers, and what to say where there are both a file and a notebook.

        The widgets of a notebook write a file with the numbers that the notebook shows. Such a file and its notebook
        complete each other. Any other file was answered by itself, and counts before the notebook.
        """
        if source.cells[0].label != ANSWERS:
            return _in_cells(source, paper.quiz), ()
        elsewhere = frozenset().union(*(other.questions for other in self.asked)) - paper.questions
        beside = source.fallbacks[0] if source.fallbacks else None
        in_cells = _in_cells(beside, paper.quiz) if beside else Answers()
        answered = bool(in_cells.values or in_cells.problems)
        try:
            in_file = files.read(source.cells[0].source.encode(), paper.quiz, source.path, elsewhere)
        except AnswersError as error:
            if not answered:
                raise
            return in_cells, (str(error),)
        if another := self._another(source, student):
            in_file = replace(in_file, learner="")
            whose = "all" if _plain(another) == _plain(CLASS) else "another learner"
            told = f"{source.path} has the name of {whose}, {another}: the numbers drawn for {student} were used; "
            told += "winnow quiz --as NAME --again asks with your own"
            return in_file, (told,)
        if beside is not None and in_file.learner == CLASS:
            return answer_cells.merged(in_cells, in_file), ()
        if beside is None or not answered:
            return in_file, ()
        return in_file, (f"{source.exercise} is also in {beside.path}; {source.path} is graded",)


def _in_cells(source: Source, quiz: Quiz) -> Answers:
    return answer_cells.read_sources((cell.source for cell in source.cells), quiz)


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold().strip()


def _paper(course: Course, module: str) -> _Paper:
    quiz = bank.quiz(course, module)
    keys = bank.keys(course, quiz)
    both = (tree / module / bank.FILE for tree in (course.root / "exercises", course.root / "solutions"))
    return _Paper(quiz, keys, b"".join(hashlib.sha256(path.read_bytes()).digest() for path in both))
