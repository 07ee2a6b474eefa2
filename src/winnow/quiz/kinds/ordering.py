"""Putting things in order, with partial credit, where some may stand in any order to each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from winnow.quiz.kinds.kind import LONGEST, AnswerMark, Kind, Reason, folded, letters, listed, pairs
from winnow.quiz.question import Answer, Number, Question, QuizError
from winnow.quiz.table import TomlTable

# One sign throughout: `a/b-c` may leave open which of a and b comes first.
_CHAIN = re.compile(r"[a-z](?: ?(-|\|) ?[a-z](?: ?\1 ?[a-z])*+)")


@dataclass(frozen=True)
class Link:
    """That `first` comes before `then`, and what a learner hears who has it the other way round."""

    first: str
    then: str
    reason: Reason


@dataclass(frozen=True)
class OrderingKey:
    """The links from which the order follows: it is partial where they leave it open."""

    links: tuple[Link, ...]
    why: str

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Every pair whose order follows from the links."""
        after: dict[str, set[str]] = {}
        for link in self.links:
            after.setdefault(link.first, set()).add(link.then)
        for _ in after:
            for later in after.values():
                later |= {last for middle in tuple(later) for last in after.get(middle, ())}
        return frozenset((first, then) for first, later in after.items() for then in later)

    @property
    def total(self) -> bool:
        """Whether one order only is right."""
        labels = {label for link in self.links for label in (link.first, link.then)}
        return len(self.pairs) == len(labels) * (len(labels) - 1) // 2


class Ordering(Kind[OrderingKey]):
    """All labels in order. Kendall's tau over the pairs whose order is determined, and nothing below 0."""

    name = "ordering"
    fields = frozenset({"choices"})

    def form(self, question: Question) -> str:
        return f'all letters of {listed(question.choices)} in order, such as "{"".join(question.choices)}"'

    def parse(self, question: Question, raw: object) -> Answer:
        order = self._order(raw)
        if order is None or sorted(order) != sorted(question.choices):
            raise self.refuse(question, raw)
        return order

    @staticmethod
    def _order(raw: object) -> tuple[str, ...] | None:
        if isinstance(raw, set | frozenset):
            return None
        if isinstance(raw, str) and len(raw) <= LONGEST and _CHAIN.fullmatch(text := folded(raw)):
            return tuple(re.findall("[a-z]", text))
        if (numbered := pairs(raw)) is not None:
            places = [str(place) for place in range(1, len(numbered) + 1)]
            return tuple(numbered[place] for place in places) if set(places) == set(numbered) else None
        return letters(raw)

    def read_key(self, question: Question, entry: TomlTable) -> OrderingKey:
        links = []
        for item in entry.tables("links"):
            link = Link(item.text("first"), item.text("then"), Reason(item.text("why"), item.text("id")))
            item.done()
            for label in (link.first, link.then):
                if label not in question.choices:
                    raise QuizError(f"{item.where}: {label} is not among the choices {listed(question.choices)}")
            links.append(link)
        key = OrderingKey(tuple(links), entry.text("why"))
        linked = {label for link in links for label in (link.first, link.then)}
        if linked != set(question.choices):
            raise QuizError(
                f"{entry.where}: no link says where {listed(sorted(set(question.choices) - linked))} stands"
            )
        if any(first == then for first, then in key.pairs):
            raise QuizError(f"{entry.where}: the links go round in a circle")
        return key

    def mark(self, question: Question, key: OrderingKey, answer: Answer, values: Mapping[str, Number]) -> AnswerMark:
        assert isinstance(answer, tuple)
        place = {label: index for index, label in enumerate(answer)}
        wrong = sum(place[first] > place[then] for first, then in key.pairs)
        if not wrong:
            return AnswerMark(1.0, why=key.why)
        broken = [link.reason for link in key.links if place[link.first] > place[link.then]]
        tau = 1 - 2 * wrong / len(key.pairs)
        names = tuple(dict.fromkeys(reason.misconception for reason in broken))
        return AnswerMark(max(0.0, tau), names, broken[0].why)

    def best(self, question: Question, key: OrderingKey, values: Mapping[str, Number]) -> Answer:
        return tuple(sorted(question.choices, key=lambda label: sum(then == label for _, then in key.pairs)))

    def reasons(self, key: OrderingKey) -> Iterable[Reason]:
        return (Reason(key.why), *(link.reason for link in key.links))

    def faults(self, question: Question, key: OrderingKey) -> Iterator[str]:
        yield from super().faults(question, key)
        if self.mark(question, key, tuple(question.choices), {}).share:
            yield "gives points for the order in which it is shown; shuffle its choices"
