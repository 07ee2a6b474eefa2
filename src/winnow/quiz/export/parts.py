"""What every platform understands: one of several, some of several, a number, a text.

Ordering becomes one question per thing, "how many of the others must come before it?", which also holds where
the order is partial; matching becomes one question per thing to match. Moodle's formats know matching of
their own, and get it whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from winnow.quiz import scoring
from winnow.quiz.bank import Key
from winnow.quiz.question import Number, Question


@dataclass(frozen=True)
class Option:
    """Something to choose or to type: its text in Markdown, whether it is right, and what is said to it."""

    text: str
    right: bool
    why: str


@dataclass(frozen=True)
class Part:
    """One question of a platform. `kind` is single, multiple, matching, numeric or text.

    In a matching part `pairs` holds what belongs together and `others` what belongs to nothing. In a numeric
    part the options' texts are numbers, right and wrong, and `tolerance` goes for each."""

    name: str
    kind: str
    text: str
    points: float
    why: str
    options: tuple[Option, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    others: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    tolerance: float = 0.0
    image: Path | None = None
    image_alt: str = ""

    def split(self) -> Iterator[Part]:
        """A matching part as one single choice for each thing to match; any other part as it is."""
        if self.kind != "matching":
            yield self
            return
        texts = sorted({*(right for _, right in self.pairs), *self.others})
        for number, ((left, right), missed) in enumerate(zip(self.pairs, self.missed, strict=True), start=1):
            options = tuple(Option(text, text == right, self.why if text == right else missed) for text in texts)
            yield replace(
                self,
                name=f"{self.name} {number}",
                kind="single",
                text=f"{self.text}\n\nWhich belongs to this: {left}",
                points=self.points / len(self.pairs),
                options=options,
                pairs=(),
                others=(),
                missed=(),
            )


def parts(question: Question, key: Key, values: Mapping[str, Number]) -> list[Part]:
    """The parts of one question whose numbers are filled in."""
    if question.kind == "ordering":
        return list(_order(question, key))
    text = question.text + (f"\n\n```python\n{question.code}\n```" if question.code else "")
    part = Part(
        scoring.title(question),
        question.kind,
        text,
        question.points,
        "",
        image=question.image,
        image_alt=question.image_alt,
    )
    if question.kind in ("single", "multiple"):
        options = tuple(
            Option(choice, label in key.right, key.choices[label].why) for label, choice in question.choices.items()
        )
        return [replace(part, options=options, why=" ".join(option.why for option in options if option.right))]
    if question.kind == "matching":
        return [
            replace(
                part,
                why=key.why,
                pairs=tuple((question.choices[left], question.matches[right]) for left, right in key.pairs.items()),
                others=tuple(text for label, text in question.matches.items() if label not in key.pairs.values()),
                missed=tuple(key.missed[left].why for left in key.pairs),
            )
        ]
    if question.kind == "numeric":
        routes = ((key.right, True), *((route, False) for route in key.wrong))
        options = tuple(Option(f"{key.number(route, values):.10g}", right, route.reason.why) for route, right in routes)
        return [replace(part, options=options, tolerance=key.tolerance, why=key.right.reason.why)]
    written = [Option(accepted, True, key.why) for accepted in key.accepted]
    written += [Option(wrong, False, reason.why) for texts, reason in key.wrong for wrong in texts]
    return [replace(part, kind="text", options=tuple(written), why=key.why)]


def _order(question: Question, key: Key) -> Iterator[Part]:
    name = scoring.title(question)
    listing = "\n".join(f"- {text}" for text in question.choices.values())
    for number, (label, choice) in enumerate(question.choices.items(), start=1):
        before = sum(then == label for _, then in key.pairs)
        broken = next(link.reason.why for link in key.links if label in (link.first, link.then))
        options = tuple(
            Option(str(count), count == before, key.why if count == before else broken)
            for count in range(len(question.choices))
        )
        text = f"{question.text}\n\n{listing}\n\nHow many of these must come before this one: {choice}"
        yield Part(f"{name} {number}", "single", text, question.points / len(question.choices), key.why, options)
