"""What a learner does next: an exercise, or the quiz of a module whose exercises are through."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from winnow.course import Course, CourseError, Exercise, Module
from winnow.learner.own_code import lacking
from winnow.learner.progress import Standing, checks

Stands = Callable[[Exercise], Standing]


@dataclass(frozen=True)
class Step:
    """What is next, in one sentence; `exercise` is None where it is a quiz."""

    text: str
    exercise: Exercise | None = None


@dataclass(frozen=True)
class Answered:
    """How far the quiz of a module is; `fault` says what is wrong where it cannot be read."""

    given: int = 0
    questions: int = 0
    fault: str = ""


def following(exercises: Iterable[Exercise], stands: Stands) -> Exercise | None:
    """The first exercise that was begun and is not done, else the first that is not done."""
    states = {exercise: stands(exercise).state for exercise in exercises}
    for wanted in ("in progress", "not started"):
        for exercise, state in states.items():
            if state == wanted:
                return exercise
    return None


def next_step(
    course: Course, stands: Stands, ran: Iterable[Exercise] = (), faults: Mapping[str, str] = {}
) -> Step | None:
    """What is next; None where nothing is left.

    First what was begun: among `ran`, then anywhere. Else the course goes on where it is not done, module by module
    from that of the first that `ran`, round to the modules before it, and a module's quiz comes after its exercises.
    `faults`: why the checks of an exercise could not run, by its name.
    """
    ran = list(ran)

    def step(exercise: Exercise) -> Step:
        return Step(what_next(exercise, stands(exercise), faults.get(exercise.id, "")), exercise)

    begun = following(ran, stands)
    if begun is None:
        begun = next((one for one in course.exercises if stands(one).state == "in progress"), None)
    if begun is not None:
        return step(begun)
    here = next((at for at, module in enumerate(course.modules) if ran and module.id == ran[0].module), 0)
    for module in (*course.modules[here:], *course.modules[:here]):
        opening = following(module.exercises, stands)
        if opening is not None:
            return step(opening)
        quiz = answered(course, module)
        if quiz is not None and not quiz.fault and quiz.given < quiz.questions:
            left = quiz.questions - quiz.given
            said = f"{left} of {quiz.questions} questions {'is' if left == 1 else 'are'} open"
            return Step(f"Next: the quiz of {module.id}: winnow quiz {module.id}; {said}.")
    return None


def what_next(exercise: Exercise, standing: Standing, fault: str = "") -> str:
    """What to do about an exercise that is not done; `fault`: why its checks could not run."""
    if said := fault or lacking(exercise):
        return f"Next: {exercise.id}: {said}."
    where = exercise.stub.relative_to(exercise.root).as_posix()
    if standing.state == "not started":
        return f"Next: {exercise.id}. Open {where}; the statement is its docstring."
    failed = checks(exercise).get(standing.failed or "")
    return f"Next: {exercise.id}, in {where}" + (f": {failed.title}." if failed else ".")


def answered(course: Course, module: Module) -> Answered | None:
    """How many questions of a module's quiz are answered; None where it has none."""
    from winnow.learner import own_quiz
    from winnow.quiz.answers import AnswersError

    if not own_quiz.has_quiz(course, module.id):
        return None
    try:
        questions = own_quiz.read(course, module.id).questions
        return Answered(len(own_quiz.given(course, module.id).values), len(questions))
    except (AnswersError, CourseError) as error:
        return Answered(fault=str(error))
