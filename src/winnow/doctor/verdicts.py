"""What grading made of a submission of the doctor's, and whether that is as it should be."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from winnow.doctor.roster import Entry
from winnow.record import CheckResult, ExerciseResult


@dataclass(frozen=True)
class Verdict:
    """What must not depend on the seed: status, the outcome of every check, and the misconceptions named."""

    status: str
    outcomes: tuple[tuple[str, str], ...]
    named: frozenset[str]


def verdict(result: ExerciseResult) -> Verdict:
    """The verdict in a result."""
    outcomes = tuple((check.name, check.outcome) for check in result.checks)
    return Verdict(result.status, outcomes, frozenset(result.misconceptions))


def lost_points(result: ExerciseResult) -> bool:
    """Whether anything was held against the submission."""
    return result.score < result.points - 1e-9


def faults(entry: Entry, result: ExerciseResult, alike: Mapping[str, Collection[str]]) -> Iterator[str]:
    """What is wrong with the result of an entry other than a mutant, one sentence each.

    Args:
        alike: by misconception, those declared indistinguishable from it.
    """
    called = f"{entry.kind} {entry.name}" if entry.kind != entry.name else f"the {entry.kind}"
    if result.status == "grader_error":
        yield f"{called}: grader error: {result.message}"
        return
    match entry.kind:
        case "stub":
            if result.status != "not_started":
                yield f"the stub is {result.status}, and should be not_started"
        case "reference" | "alternative":
            if result.status != "graded" or not result.checks:
                yield f"{called} is {result.status}: {result.message}"
            for check in result.checks:
                if check.outcome != "passed":
                    yield f"{called}, which is right, has {check.outcome} {check.name}{_why(check)}"
        case "misconception":
            yield from _misconception(entry.name, result, alike)
        case "impostor":
            for check in result.checks:
                if check.score > 0:
                    yield f"a function that {entry.name} passes {check.name} ({check.points:g} points for nothing)"


def _misconception(name: str, result: ExerciseResult, alike: Mapping[str, Collection[str]]) -> Iterator[str]:
    if not lost_points(result):
        yield f"misconception {name} is not caught: no check fails"
        return
    named, allowed = set(result.misconceptions), {name, *alike.get(name, ())}
    failed = [check for check in result.checks if check.outcome != "passed"]
    if not named:
        first = failed[0]
        yield f"misconception {name} is caught by {first.name} and not named{_why(first)}"
    for other in sorted(named - allowed):
        check = next(check for check in failed if other in check.misconceptions)
        yield f"misconception {name} is named as {other} by {check.name}"


def _why(check: CheckResult) -> str:
    shown = check.counterexample
    example = f" {shown.called} returned {shown.returned}, expected {shown.expected}" if shown else ""
    text = " ".join(f"{check.why}{example}".split())
    return f": {text}" if text else ""


def difference(entry: Entry, first: Verdict, other: Verdict, seed: int) -> str | None:
    """How the verdict of another seed differs from that of the first, None when it does not."""
    if first == other:
        return None
    called = f"{entry.kind} {entry.name}" if entry.kind != entry.name else f"the {entry.kind}"
    if first.status != other.status:
        return f"{called} is {first.status} with seed 0 and {other.status} with seed {seed}"
    for (check, before), (_, after) in zip(first.outcomes, other.outcomes, strict=True):
        if before != after:
            return f"{called} has {before} {check} with seed 0 and {after} with seed {seed}"
    told = [", ".join(sorted(each.named)) or "nothing" for each in (first, other)]
    return f"{called} is told {told[0]} with seed 0 and {told[1]} with seed {seed}"
