"""A number within a tolerance. A wrong number that a known wrong route leads to names that route."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from winnow.quiz import arithmetic
from winnow.quiz.kinds.kind import AnswerMark, Kind, Reason
from winnow.quiz.question import Answer, AnswerError, Number, Question, QuizError
from winnow.quiz.table import TomlTable
from winnow.quiz.variants import every_draw


@dataclass(frozen=True)
class Route:
    """A formula, and what a learner hears who took it."""

    formula: str
    reason: Reason


@dataclass(frozen=True)
class NumericKey:
    """The right route, the wrong ones, and how far from a route's number an answer may be."""

    right: Route
    wrong: tuple[Route, ...]
    tolerance: float
    where: str

    def number(self, route: Route, values: Mapping[str, Number]) -> float:
        """Where a route leads for these drawn numbers."""
        return arithmetic.value(route.formula, values, self.where)

    def meets(self, answer: float, number: float) -> bool:
        """Whether an answer is a route's number, but for rounding of the last place."""
        return abs(answer - number) <= self.tolerance * (1 + 1e-9) + 1e-12 * abs(number)


class Numeric(Kind[NumericKey]):
    """A number, with drawn parameters where the text has them."""

    name = "numeric"
    fields = frozenset({"draw"})

    def form(self, question: Question) -> str:
        return "a number such as 0.25 or 1/4, without units"

    def parse(self, question: Question, raw: object) -> Answer:
        found = arithmetic.number(raw) if isinstance(raw, str) else raw
        if isinstance(raw, str) and found is None and arithmetic.may_be_two(raw):
            raise AnswerError(f"{self.refuse(question, raw)}, which may have a decimal comma, or its thousands parted")
        if isinstance(found, bool) or not isinstance(found, int | float):
            raise self.refuse(question, raw)
        if abs(found) > 1e100 or not math.isfinite(found):
            raise self.refuse(question, raw)
        return float(found)

    def read_key(self, question: Question, entry: TomlTable) -> NumericKey:
        right = Route(entry.text("formula"), Reason(entry.text("why")))
        wrong = []
        for item in entry.tables("wrong"):
            wrong.append(Route(item.text("formula"), Reason(item.text("why"), item.text("id"))))
            item.done()
        if not wrong:
            raise QuizError(f"{entry.where} has no wrong route, so that a wrong number would name no mistake")
        return NumericKey(right, tuple(wrong), entry.number("tolerance", 0.0), entry.where)

    def mark(self, question: Question, key: NumericKey, answer: Answer, values: Mapping[str, Number]) -> AnswerMark:
        given = float(str(answer))
        right = key.number(key.right, values)
        if key.meets(given, right):
            return AnswerMark(1.0, why=key.right.reason.why)
        for route in key.wrong:
            if key.meets(given, key.number(route, values)):
                return AnswerMark(0.0, (route.reason.misconception,), route.reason.why)
        if abs(given - right) <= 10 * key.tolerance:
            return AnswerMark(0.0, why="Nearly: calculate with more digits, and round at the end only.")
        return AnswerMark(0.0, why="This number comes from no way to calculate it that we know. Write down each step.")

    def best(self, question: Question, key: NumericKey, values: Mapping[str, Number]) -> Answer:
        return key.number(key.right, values)

    def reasons(self, key: NumericKey) -> Iterable[Reason]:
        return (key.right.reason, *(route.reason for route in key.wrong))

    def faults(self, question: Question, key: NumericKey) -> Iterator[str]:
        for values in every_draw(question):
            numbers = [(route.formula, key.number(route, values)) for route in (key.right, *key.wrong)]
            for index, (one, first) in enumerate(numbers):
                for other, second in numbers[index + 1 :]:
                    # Twice the tolerance, so that no answer can be near both.
                    if abs(first - second) <= 2 * key.tolerance * (1 + 1e-9) + 1e-9 * abs(first):
                        yield f"cannot tell {one} from {other} when {dict(values)}: both give {first:.6g}"
                        return

    def told(self, question: Question, key: NumericKey) -> Iterable[str]:
        return () if question.draw else (f"{key.number(key.right, {}):.10g}",)
