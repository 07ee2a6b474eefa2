"""The record of a run: what `results.json` holds and every rendering is made from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

SCHEMA = 1

EXPLAINED = 2
"""How many failed checks of an exercise are explained in full, with a counterexample: one thing to mend at a time."""

Outcome = Literal["passed", "failed", "not_run", "not_started", "grader_error"]
Status = Literal["graded", "not_started", "missing", "unreadable", "grader_error"]


@dataclass(frozen=True)
class Counterexample:
    """A call that shows the mistake, as a learner would type it, and both answers.

    `came`: whether what is in `returned` was returned or raised, or how the call was stopped. `rows`: both answers
    element by element, where they are long.
    """

    called: str
    returned: str
    expected: str
    came: Literal["Returned", "Raised", "Stopped"] = "Returned"
    rows: str = ""

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """Label and text of each line, in reading order."""
        lines = (("Called", self.called), (self.came, self.returned), ("Expected", self.expected), ("Rows", self.rows))
        return tuple((label, text) for label, text in lines if text)


@dataclass(frozen=True)
class Given:
    """The answer to a question of a quiz, as one would type it, and the numbers that were drawn for the question."""

    answer: str
    drawn: Mapping[str, int | float]


@dataclass(frozen=True)
class CheckResult:
    """One check of one submission. `why` and `counterexample` are there only for a failed check, `given` only for a
    question that was answered."""

    name: str
    title: str
    visibility: Literal["public", "hidden"]
    outcome: Outcome
    score: float
    points: float
    why: str = ""
    counterexample: Counterexample | None = None
    misconceptions: tuple[str, ...] = ()
    given: Given | None = None


@dataclass(frozen=True)
class ExerciseResult:
    """One exercise of one submission.

    `message` is the sentence for a status other than `graded`; `notes` are remarks that cost nothing
    ("cell 7 raised NameError"); `output` is what the learner's code printed, capped; `stopped`: it used up its time.
    """

    exercise: str
    status: Status
    score: float
    points: float
    checks: tuple[CheckResult, ...] = ()
    misconceptions: tuple[str, ...] = ()
    message: str = ""
    notes: tuple[str, ...] = ()
    output: str = ""
    stopped: bool = False


@dataclass(frozen=True)
class Person:
    """Who a learner is, as far as a roster tells or the system in which the work was handed in.

    `ids`: what the institution calls the learner, by the heading that its tables have for it ("SIS User ID", "Email
    address"). `handed_in`: when, as the system writes it; `late`: the system marks it so.
    """

    name: str = ""
    email: str = ""
    section: str = ""
    ids: Mapping[str, str] = field(default_factory=dict)
    handed_in: str = ""
    late: bool = False


NOBODY = Person()


@dataclass(frozen=True)
class SubmissionResult:
    """All exercises of one learner. `student` is the name that the run knows the learner by, unlike any other in it."""

    student: str
    score: float
    points: float
    exercises: tuple[ExerciseResult, ...] = ()
    notes: tuple[str, ...] = ()
    person: Person = NOBODY


@dataclass(frozen=True)
class RunResult:
    """One run: which sandbox layers were on, and every submission, sorted by learner. `versions`: of Python and of the
    libraries it was graded with.

    `submissions` may read them one by one from a store or a file, so that a large class does not have to fit into
    memory.
    """

    sandbox: tuple[str, ...]
    submissions: Sequence[SubmissionResult] = ()
    schema: int = SCHEMA
    remarks: tuple[str, ...] = field(default=())
    versions: Mapping[str, str] = field(default_factory=dict)


def as_json(part: Any, **options: Any) -> str:
    """A part of the record as JSON. The options are those of `json.dumps`."""
    # The dataclasses' own dictionaries: `asdict` copies all of them first, which takes longer than writing them.
    return json.dumps(part, default=vars, **options)


def check_from_json(data: dict[str, Any]) -> CheckResult:
    """One check, as `as_json` wrote it."""
    shown, given = data.get("counterexample"), data.get("given")
    return CheckResult(
        **{
            **data,
            "counterexample": Counterexample(**shown) if shown else None,
            "misconceptions": tuple(data.get("misconceptions", ())),
            "given": Given(**given) if given else None,
        }
    )


def exercise_from_json(data: dict[str, Any]) -> ExerciseResult:
    """One exercise, as `as_json` wrote it."""
    return ExerciseResult(
        **{
            **data,
            "checks": tuple(check_from_json(check) for check in data.get("checks", ())),
            "misconceptions": tuple(data.get("misconceptions", ())),
            "notes": tuple(data.get("notes", ())),
        }
    )


def submission_from_json(data: dict[str, Any]) -> SubmissionResult:
    """One submission, as `as_json` wrote it."""
    return SubmissionResult(
        **{
            **data,
            "exercises": tuple(exercise_from_json(exercise) for exercise in data.get("exercises", ())),
            "notes": tuple(data.get("notes", ())),
            "person": Person(**data.get("person", {})),
        }
    )


def public_points(earned: float, public: float, hidden: float) -> str:
    """What public checks alone can say, and how many points they leave to the hidden ones."""
    more = f"; hidden checks: {hidden:g} more" if hidden > 0 else ""
    return f"public checks {earned:g} of {public:g} points{more}"


def total(results: Iterable[ExerciseResult]) -> tuple[float, float]:
    """Score and points over exercises."""
    results = tuple(results)
    return sum(result.score for result in results), sum(result.points for result in results)
