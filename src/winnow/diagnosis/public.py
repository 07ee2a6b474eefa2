"""Why a public check failed: the call, what it returned, what was expected, and a sentence.

A public check hides nothing, so all is read from the check itself: the assertion that failed, or the exception
it waits for.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from winnow.checks.calls import Call
from winnow.course import Exercise
from winnow.diagnosis import relations, show
from winnow.diagnosis.model import Failure, Finding
from winnow.record import Counterexample
from winnow.worker.observe import Observation, Raised, Request, describe


@dataclass(frozen=True)
class Seen:
    """One call as a learner would type it, and what came back."""

    called: str
    answer: Observation


def seen(request: Request, call: Call, answer: Observation) -> Seen:
    """One call, to be shown."""
    return Seen(show.asked(request, call), answer)


@dataclass(frozen=True)
class Explained:
    """What a learner is told. `counterexample` is None where no call was made."""

    why: str
    counterexample: Counterexample | None = None

    @property
    def headline(self) -> str:
        """All of it in one line."""
        shown = self.counterexample
        if shown is None:
            return self.why
        returned = f"{shown.called} returned {shown.returned}"
        if re.match(r"\w+(Error|Exception|Warning)\b", shown.returned):
            returned = f"{shown.called} raised {shown.returned}"
        return f"{returned}, expected {shown.expected}" if shown.expected else returned


@dataclass(frozen=True)
class Expectation:
    """What the failing statement of a check waits for: an exception, or a value."""

    exception: str = ""
    match: str = ""
    value: str = ""
    statement: str = ""


def explain(
    error: BaseException,
    calls: Sequence[Seen],
    compared: tuple[Any, Any] | None,
    check: Path,
    own: Path,
    line: int,
) -> Explained:
    """Explain the failure `error` of a check in the file `check`.

    Args:
        own: the learner's file.
        calls: the calls of the learner's functions during the check, in order.
        compared: both sides of the `==` that failed, where one did.
        line: where in the check it failed: `failed_line`, asked while the error has its traceback.
    """
    expected = _expectation(check, line)
    last = _relevant(calls, compared)
    if last is None:
        return Explained(_of_exception(error, own))
    returned, raised = show.answer(last.answer), last.answer.raised
    if raised is not None and raised.name == "Stopped":
        return Explained(_sentence(raised.text), Counterexample(last.called, returned, expected.value))
    if expected.exception:
        wanted = expected.exception + (f" with a message that {_says(expected.match)}" if expected.match else "")
        return Explained(_why_not_raised(last, expected), Counterexample(last.called, returned, wanted))
    if raised is not None:
        return Explained(_raised(last.answer), Counterexample(last.called, returned, expected.value))
    if compared is not None:
        left, right = compared[0], _expected(compared[1])
        shown = Counterexample(last.called, show.value(left), show.value(right))
        return Explained(_why_different(left, right), shown)
    told = f"`{expected.statement}` does not hold." if expected.statement else _of_exception(error, own)
    return Explained(told, Counterexample(last.called, returned, expected.value))


def from_the_check(failure: Failure, exercise: Exercise) -> Finding:
    """What a learner's own pytest says of a public check: all is read from the check, and nothing is compared."""
    calls = [seen(asked.batch.request, asked.batch.calls[0], asked.seen[0]) for asked in failure.transcript.asked]
    told = explain(failure.error, calls, failure.compared, exercise.public_checks, exercise.stub, failure.line)
    return Finding(told.why, told.counterexample)


def _relevant(calls: Sequence[Seen], compared: tuple[Any, Any] | None) -> Seen | None:
    """The call that the failing statement is about: the one whose value was compared, else the last."""
    if compared is not None:
        for call in reversed(calls):
            if call.answer.value is compared[0] and call.answer.raised is None:
                return call
    return calls[-1] if calls else None


def failed_line(error: BaseException, check: Path) -> int:
    """The line of the check itself at which it failed: the innermost of its frames."""
    line, trace = 0, error.__traceback__
    while trace is not None:
        if Path(trace.tb_frame.f_code.co_filename) == check:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _expectation(check: Path, line: int) -> Expectation:
    try:
        tree = ast.parse(check.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return Expectation()
    around = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.With | ast.Assert) and node.lineno <= line <= (node.end_lineno or node.lineno)
    ]
    for node in around:
        if isinstance(node, ast.Assert):
            return _asserted(node)
    for node in around:
        if isinstance(node, ast.With):
            for item in node.items:
                made = item.context_expr
                if isinstance(made, ast.Call) and ast.unparse(made.func).endswith("raises") and made.args:
                    match = next((key.value for key in made.keywords if key.arg == "match"), None)
                    return Expectation(_unqualified(made.args[0]), ast.unparse(match) if match else "")
    return Expectation()


def _asserted(node: ast.Assert) -> Expectation:
    statement, value = " ".join(ast.unparse(node.test).split()), ""
    if isinstance(node.test, ast.Compare) and isinstance(node.test.ops[0], ast.Eq):
        right = node.test.comparators[0]
        if isinstance(right, ast.Call) and ast.unparse(right.func).endswith("approx") and right.args:
            right = right.args[0]
        if not any(isinstance(part, ast.Name) for part in ast.walk(right)):
            value = ast.unparse(right)
    return Expectation(value=value, statement=statement if len(statement) <= 120 else "")


def _unqualified(kind: ast.expr) -> str:
    names = kind.elts if isinstance(kind, ast.Tuple) else [kind]
    return " or ".join(ast.unparse(name).removeprefix("builtins.") for name in names)


def _expected(right: Any) -> Any:
    """The value itself of what `pytest.approx` made."""
    return right.expected if type(right).__name__.startswith("Approx") else right


def _why_not_raised(last: Seen, expected: Expectation) -> str:
    raised = last.answer.raised
    if raised is None:
        return f"This call should raise {expected.exception}, and it returned."
    if expected.exception in (raised.name, *raised.bases):
        return f"The exception is right; its message should be one that {_says(expected.match)}."
    return f"It raised {raised.name} instead{_place(last.answer)}."


def _says(match: str) -> str:
    """What a message is to hold, from the text of `match=`; a learner need not read regular expressions for a word."""
    try:
        pattern = str(ast.literal_eval(match))
    except (ValueError, SyntaxError):
        return f"matches {match}"
    # Some must not hold other numbers either.
    alone = re.sub(r"^\(\?s\)\\A\(\?!.*\)\.\*(?=\(\?<)", "", pattern)
    word = re.sub(r"\(\?<?!\\d\)|\\b", "", alone)
    if not word or re.escape(word) != word:
        return f"matches {match}"
    return f"names {word}" + (" and no other" if alone != pattern else "")


def _why_different(got: Any, want: Any) -> str:
    if got is None and want is not None:
        return "It returned None: is a `return` missing?"
    related = relations.describe([(Observation(got), Observation(want))])
    if related or isinstance(got, str | bool) or isinstance(want, str | bool):
        return related or ""
    if type(got) is not type(want) and not _numbers(got, want):
        return f"The result is of type {type(got).__name__} and should be of type {type(want).__name__}."
    return ""


def _numbers(*values: Any) -> bool:
    return all(isinstance(value, int | float) or hasattr(value, "__float__") for value in values)


def _raised(answer: Observation) -> str:
    raised = answer.raised
    assert raised is not None
    if raised.is_a("RecursionError"):
        return f"The function calls itself without end{_place(answer)}."
    text = f": {raised.text}" if raised.text else ""
    return _sentence(" ".join(f"your code raised {raised.name}{text}".split()) + _place(answer))


def _place(answer: Observation) -> str:
    file, _, line = (answer.raised.where if answer.raised else "").rpartition(":")
    return f" (line {line} of {file})" if file else ""


def _of_exception(error: BaseException, own: Path) -> str:
    """An exception that no call explains: the learner's file could not be imported, or the check itself failed."""
    text = str(error).split("\n", 1)[0]
    if isinstance(error, pytest.fail.Exception | AssertionError):
        return _sentence(text or "the check does not hold")
    if type(error).__name__ in ("AbsentError", "StoppedError", "NotRunError"):
        return _sentence(text)
    if isinstance(error, SyntaxError) and error.filename:
        return f"{Path(error.filename).name}, line {error.lineno}: {type(error).__name__}: {error.msg}."
    return _raised(Observation(raised=described(error, own)))


def described(error: BaseException, own: Path) -> Raised:
    """An exception with the learner's line, the file called by its name alone."""
    raised = describe(error, frozenset({str(own)}))
    return replace(raised, where=raised.where.replace(str(own), own.name))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")
