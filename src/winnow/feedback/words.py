"""What a learner is told, in words, whatever it is rendered to: the terminal, Markdown or HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from winnow.course import ANSWERS, Course, Exercise, Module
from winnow.feedback.code import Listing, listings
from winnow.feedback.questions import exchange
from winnow.feedback.visible import clipped, one_line, visible
from winnow.record import EXPLAINED, CheckResult, ExerciseResult, Outcome, SubmissionResult, public_points

if TYPE_CHECKING:
    from winnow.submission import Source

MARKS: Mapping[Outcome, str] = {
    "passed": "✓",
    "failed": "✗",
    "not_run": "·",
    "not_started": "·",
    "grader_error": "!",
}

OUTCOMES: Mapping[Outcome, str] = {
    "passed": "passed",
    "failed": "failed",
    "not_run": "not run",
    "not_started": "not started",
    "grader_error": "not judged: a fault of the grader, it costs you nothing",
}

STATUSES: Mapping[str, str] = {
    "graded": "graded",
    "not_started": "not started",
    "missing": "not handed in",
    "unreadable": "could not be read",
    "grader_error": "not judged",
}

_NOTHING = re.compile(r"\A(?:nothing was handed in for \S+|no answers to the quiz were handed in); ")
AS_ABOVE = "As above."

Sentences = Mapping[str, Mapping[str, str]]
"""What to say of a misconception: exercise id, then misconception id, to the sentence."""


@dataclass(frozen=True)
class CheckWords:
    """One line for a check; the first failed ones have facts under it: (label, value) in reading order. A question of a
    quiz that was answered rightly has its `recap` instead, for pages that can fold it. `is_public`: it is one that the
    learner can run."""

    outcome: Outcome
    mark: str
    title: str
    points: str
    facts: tuple[tuple[str, str], ...] = ()
    why: str = ""
    hint: str = ""
    recap: tuple[tuple[str, str], ...] = ()
    worth: float = 0.0
    is_public: bool = False


@dataclass(frozen=True)
class ExerciseWords:
    """One exercise or quiz as its learner reads it. `share` is the score as a part of the points, from 0 to 1; `file`
    is what is handed in for it; `lost`: what there is still to earn; `module`: its title; `short`: what it is called in
    its module; `code`: what was handed in, where that is known."""

    id: str
    title: str
    file: str
    status: str
    headline: str
    share: float
    message: str = ""
    checks: tuple[CheckWords, ...] = ()
    notes: tuple[str, ...] = ()
    output: str = ""
    lost: float = 0.0
    module: str = ""
    short: str = ""
    code: tuple[Listing, ...] = ()


@dataclass(frozen=True)
class LearnerWords:
    """All exercises of one learner. `name` and `handed_in` are there where a roster or a system told them."""

    student: str
    headline: str
    share: float
    exercises: tuple[ExerciseWords, ...]
    notes: tuple[str, ...] = ()
    name: str = ""
    handed_in: str = ""


def number(value: float) -> str:
    """A score with the digits that matter: 7, 6.5, 3.33."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"


def points(score: float, of: float) -> str:
    """`3 of 10`."""
    return f"{number(score)} of {number(of)}"


def share(score: float, of: float) -> float:
    """The score as a part of the points, from 0 to 1; 0 where there are no points."""
    return min(max(score / of, 0.0), 1.0) if of else 0.0


def spans(sentence: str) -> list[tuple[str, bool]]:
    """The sentence cut at its `code` spans: (text, whether it is code). An unpaired backtick is text."""
    parts = sentence.split("`")
    if len(parts) % 2 == 0:
        parts[-2:] = ["`".join(parts[-2:])]
    return [(part, index % 2 == 1) for index, part in enumerate(parts) if part]


def learner_words(
    submission: SubmissionResult,
    course: Course,
    sentences: Sentences,
    sources: Mapping[str, Source] | None = None,
    explained: int = EXPLAINED,
) -> LearnerWords:
    """The whole feedback of one learner; `sources` is what was handed in, by exercise, `explained` how many failed
    checks of each are told in full."""
    person = submission.person
    found = sources or {}
    known = {exercise.id: exercise for exercise in course.exercises}
    hidden = sum(_not_run(result, known.get(result.exercise)) for result in submission.exercises)
    return LearnerWords(
        student=one_line(submission.student),
        headline=_earned(submission.score, submission.points, hidden),
        share=share(submission.score, submission.points),
        exercises=tuple(
            exercise_words(result, course, sentences, found.get(result.exercise), explained)
            for result in submission.exercises
        ),
        notes=tuple(one_line(note) for note in submission.notes),
        name=one_line(person.name),
        handed_in=", ".join(text for text in (one_line(person.handed_in), "late" if person.late else "") if text),
    )


def exercise_words(
    result: ExerciseResult,
    course: Course,
    sentences: Sentences,
    source: Source | None = None,
    explained: int = EXPLAINED,
) -> ExerciseWords:
    """The feedback on one exercise, of which `source` was handed in; `explained` failed checks are told in full."""
    entry = next((exercise for exercise in course.exercises if exercise.id == result.exercise), None)
    quiz = course.quizzes.get(result.exercise)
    module = quiz or next((one for one in course.modules if entry is not None and one.id == entry.module), None)
    judged = result.status == "graded"
    earned = _earned(result.score, result.points, _not_run(result, entry))
    return ExerciseWords(
        id=one_line(result.exercise),
        title=one_line(course.titles.get(result.exercise, result.exercise)),
        file=f"{quiz.id}/{ANSWERS}" if quiz else f"{one_line(result.exercise)}.py",
        status=result.status,
        headline=earned if judged else STATUSES[result.status],
        share=share(result.score, result.points),
        message=visible(result.message) if judged else _message(result, entry, quiz),
        checks=_checks(result, entry, sentences.get(result.exercise, {}), course, quiz, explained) if judged else (),
        notes=tuple(one_line(note) for note in result.notes if note not in result.message),
        output=clipped(visible(result.output), entry.limits.output if entry else 2000).strip("\n"),
        lost=max(result.points - result.score, 0.0) if result.status != "grader_error" else 0.0,
        module=one_line(module.title) if module else "",
        short="quiz" if quiz else one_line(result.exercise),
        code=listings(result, source, entry),
    )


def _not_run(result: ExerciseResult, entry: Exercise | None) -> float:
    """The points of the hidden checks where the public ones were run alone, as learners do; else 0."""
    alone = entry is not None and all(check.visibility == "public" for check in result.checks)
    return max(entry.points - result.points, 0.0) if entry is not None and alone else 0.0


def _earned(score: float, of: float, hidden: float) -> str:
    """Points; where there are hidden checks that were not run, only what the public ones can say."""
    return public_points(score, of, hidden) if hidden else f"{points(score, of)} points"


def _message(result: ExerciseResult, entry: Exercise | None, quiz: Module | None) -> str:
    """The sentence for an exercise that was not graded.

    A fault of the grader is never described to learners: the description could quote a hidden check.
    """
    if result.status == "grader_error":
        return "A fault of the grader, not of your code: it costs you nothing, and your instructor sees it."
    if result.message:
        # The headline says already that it was not handed in.
        return visible(_NOTHING.sub("", result.message) if result.status == "missing" else result.message)
    if result.status == "not_started" and entry:
        return f"Start in exercises/{entry.module}/{entry.id}.py; the statement is its docstring."
    if result.status == "not_started" and quiz:
        return f"No question is answered yet: winnow quiz {quiz.id} asks them."
    return {"missing": f"There is no {result.exercise}.py in what you handed in."}.get(result.status, "")


def _checks(
    result: ExerciseResult,
    entry: Exercise | None,
    sentences: Mapping[str, str],
    course: Course,
    quiz: Module | None,
    most: int,
) -> tuple[CheckWords, ...]:
    # A question is a thing of its own, and none is shown by a long example: every answer is explained.
    explained = None if quiz else most
    hint = f"winnow hint {entry.id}" if entry and entry.hints else ""
    lines, failed = [], 0
    said = {""}
    for check in result.checks:
        failed += check.outcome == "failed"
        explain = check.outcome == "failed" and (explained is None or failed <= explained)
        reason = visible(why(check, sentences)) if explain or check.outcome == "not_run" else ""
        facts = _facts(check) if explain else ()
        asked = exchange(course, quiz.id, check) if quiz else ()
        lines.append(
            CheckWords(
                outcome=check.outcome,
                mark=MARKS[check.outcome],
                title=one_line(check.title or check.name),
                points=points(check.score, check.points) if check.outcome != "grader_error" else "not judged",
                facts=(*asked, *facts) if explain else (),
                # Two checks that fail for one reason: it is said once.
                why=reason if reason not in said else AS_ABOVE if explain and reason and not facts else "",
                hint=hint if explain else "",
                recap=() if explain else asked,
                worth=check.points,
                is_public=check.visibility == "public",
            )
        )
        if not quiz:
            said.add(reason)
    return tuple(lines)


def _facts(check: CheckResult) -> tuple[tuple[str, str], ...]:
    shown = check.counterexample
    if shown is None:
        return ()
    return tuple((label, visible(value)) for label, value in shown.facts)


def why(check: CheckResult, sentences: Mapping[str, str]) -> str:
    """Why the check failed: its own sentence, else that of the first misconception it names."""
    return check.why or next((sentences[name] for name in check.misconceptions if name in sentences), "")
