"""The quizzes of a learner's copy: one that is gone or damaged is told with what brings it back, and holds up no
other."""

from __future__ import annotations

import sys
from pathlib import Path

from winnow.course import Course, quiz_name
from winnow.errors import UsageError
from winnow.learner import asked
from winnow.learner.state import STUBS, folder
from winnow.quiz import answers, bank
from winnow.quiz.question import Quiz, QuizError

FILES = (bank.FILE, bank.KEY_FILE, answers.FILE)


def has_quiz(course: Course, module: str) -> bool:
    """Whether this module has questions, or had them when it was handed out."""
    return bank.has_quiz(course, module) or bool(handed_out(course, module))


def modules(course: Course) -> list[str]:
    """The modules that have a quiz, in the order of the course."""
    return [module.id for module in course.modules if has_quiz(course, module.id)]


def handed_out(course: Course, module: str) -> list[str]:
    """The names of the quiz's files, as they were handed out; none in the course itself."""
    kept = folder(course.root) / STUBS / module
    others = {name for one in course.exercises if one.module == module for name in one.handed_out}
    return sorted(path.name for path in kept.glob("*") if path.name not in others)


def read(course: Course, module: str) -> Quiz:
    """The questions of a module, whose key can be read where it was handed out, too.

    Raises:
        QuizError: there is no quiz, or a file of it is gone or damaged; the sentence says what to do.
    """
    if not has_quiz(course, module):
        return bank.quiz(course, module)
    try:
        for name in handed_out(course, module):
            if not (course.root / "exercises" / module / name).is_file():
                raise QuizError(f"exercises/{module}/{name} is missing")
        quiz = bank.quiz(course, module)
        if bank.for_practice(course, module) and not course.has_graders:
            bank.keys(course, quiz)
        return quiz
    except QuizError as error:
        raise QuizError(f"{error}{_cure(course, module)}") from None


def given(course: Course, module: str) -> answers.Answers:
    """The learner's answers to this module. Raises QuizError as `read` does, and AnswersError."""
    return answers.load(answers.file(course, module), read(course, module))


def named(course: Course, word: str) -> str:
    """The module of the quiz that goes by this name (m05_losses_quiz), or has a file at this path; else nothing."""
    path = Path(word.replace("\\", "/"))
    for module in modules(course):
        if path.stem == quiz_name(module) or (path.parent.name == module and path.name in FILES):
            return module
    return ""


def asked_for(course: Course, word: str) -> str:
    """The module whose quiz `word` names, itself or by the module. Raises UsageError where that is not one."""
    names = modules(course)
    exact = named(course, word) or next((one for one in names if one == asked.stem(word)), "")
    if exact:
        return exact
    near = asked.close(asked.stem(word).lower().removesuffix("_quiz"), names)
    if len(near) == 1:
        print(f"note: {word} is read as {near[0]}", file=sys.stderr)
        return near[0]
    known = ", ".join(names) or "no quizzes at all"
    raise UsageError(f"there is no quiz {word}; " + (asked.did_you_mean(near) if near else f"there is {known}"))


def _cure(course: Course, module: str) -> str:
    """What to do about a quiz that cannot be read, as the end of a sentence."""
    if course.has_graders:
        return ""
    for name in handed_out(course, module):
        here, kept = course.root / "exercises" / module / name, folder(course.root) / STUBS / module / name
        if not here.is_file() or here.read_bytes() != kept.read_bytes():
            return f": winnow reset {quiz_name(module)} brings it back"
    # What is as it was handed out would be the same after a reset.
    return ": your instructor should know"
