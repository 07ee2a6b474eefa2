"""The sentence of every misconception, read from the course without running any of it."""

from __future__ import annotations

import ast
import inspect

from winnow.course import Course, CourseError, Exercise, quiz_name
from winnow.diagnosis import patches
from winnow.quiz import bank
from winnow.quiz.kinds import KINDS


def sentences(course: Course) -> dict[str, dict[str, str]]:
    """Exercise or quiz, then misconception, to its sentence. Raises CourseError when a file cannot be read."""
    keyed = (module for module in bank.modules(course) if bank.has_key(course, module))
    quizzes = {quiz_name(module): _of_quiz(course, module) for module in keyed}
    return {exercise.id: of_exercise(exercise) for exercise in course.exercises} | quizzes


def _of_quiz(course: Course, module: str) -> dict[str, str]:
    quiz = bank.quiz(course, module)
    keys = bank.keys(course, quiz)
    reasons = (reason for one in quiz.questions for reason in KINDS[one.kind].reasons(keys[one.id]))
    return {reason.misconception: reason.why for reason in reasons if reason.misconception}


def of_exercise(exercise: Exercise) -> dict[str, str]:
    """Misconception to sentence. Raises CourseError when a file cannot be read."""
    found = {one.name: one.sentence for one in patches.read(exercise)}
    path = exercise.misconceptions
    if not path.is_file():
        return found
    try:
        tree = ast.parse(path.read_bytes(), str(path))
    except (OSError, SyntaxError, ValueError) as error:
        raise CourseError(f"{path.relative_to(exercise.root)} cannot be read: {error}") from None
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            said = ast.get_docstring(node)
            if said:
                found[node.name] = " ".join(inspect.cleandoc(said).split())
    return found
