"""What grading made of a submission of the doctor's, and whether that is as it should be."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from winnow.doctor.roster import Entry
from winnow.record import CheckResult, ExerciseResult


@dataclass(frozen=True)
class Fault:
    """Something that is wrong, and an example of it: the example may be another with another seed.

    `once`: it can be seen with the first seed only. `lacks`: a check that is not written yet would mend it.
    """

    says: str
    example: str = ""
    once: bool = False
    lacks: bool = False


def lost_points(result: ExerciseResult) -> bool:
    """Whether anything was held against the submission; the checks of a draft are not worth all points yet."""
    return not result.checks or any(check.score < check.points for check in result.checks)


def faults(
    entry: Entry, result: ExerciseResult, alike: Mapping[str, Collection[str]], shown: bool = True
) -> Iterator[Fault]:
    """All that is wrong with the result of an entry other than a mutant.

    Args:
        alike: by misconception, those declared indistinguishable from it.
        shown: counterexamples were looked for.
    """
    called = f"{entry.kind} {entry.name}" if entry.kind != entry.name else f"the {entry.kind}"
    if result.status == "grader_error":
        yield Fault(f"{called}: grader error: {result.message}")
        return
    match entry.kind:
        case "stub":
            if result.status != "not_started":
                yield Fault(f"the stub is {result.status}, and should be not_started")
        case "reference" | "alternative":
            if result.status != "graded" or not result.checks:
                yield Fault(f"{called} is {result.status}: {result.message}")
            for check in result.checks:
                if check.outcome != "passed":
                    yield Fault(f"{called}, which is right, has {check.outcome} {check.name}", _why(check))
        case "hurried" if lost_points(result):
            yield Fault(
                "the solution does not pass in the time that a mutant has: time alone would kill every mutant; let the "
                "checks ask less",
                once=True,
            )
        case "misconception":
            yield from _misconception(entry.name, result, alike, shown)
        case "impostor":
            for check in result.checks:
                if check.score > 0:
                    yield Fault(
                        f"a function that {entry.name} passes {check.name} ({check.points:g} points for nothing); "
                        "let the check ask for a value as well"
                    )


def _misconception(
    name: str, result: ExerciseResult, alike: Mapping[str, Collection[str]], shown: bool
) -> Iterator[Fault]:
    if not lost_points(result):
        told = f"misconception {name} is not caught: no check fails; let one draw a call on which it errs"
        yield Fault(told, lacks=True)
        return
    named, allowed = set(result.misconceptions), {name, *alike.get(name, ())}
    failed = [check for check in result.checks if check.outcome != "passed"]
    if not named:
        checks = ", ".join(check.name for check in failed)
        yield Fault(f"misconception {name} is caught by {checks} and not named", _why(failed[0]))
    for other in sorted(named - allowed):
        checks = ", ".join(check.name for check in failed if other in check.misconceptions)
        yield Fault(
            f"misconception {name} is named as {other} by {checks}; let it draw a call on which their answers differ, "
            "or make one of them"
        )
    if shown and not any(check.counterexample for check in failed):
        yield Fault(
            f"no small example shows misconception {name}, which fails {failed[0].name}: a learner is not shown what "
            "goes wrong; let `small` of that check draw a call on which it errs",
            once=True,
        )


def _why(check: CheckResult) -> str:
    shown = check.counterexample
    example = f" {shown.called} {shown.came.lower()} {shown.returned}, expected {shown.expected}" if shown else ""
    return " ".join(f"{check.why}{example}".split())
