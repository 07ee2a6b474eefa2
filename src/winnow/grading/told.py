"""What a worker reports beside its values, held to the form that a report must have.

The learner's code runs in the process that writes the report, and may forge all of it. So each entry is checked for
type, range and size. An entry that does not fit is a `WireError`: the learner's load or check has failed, and the
grader has no fault.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from winnow.checks.calls import Batch, Call
from winnow.diagnosis import versions
from winnow.grading import syntax, unbound
from winnow.worker import remarks, wire
from winnow.worker.loading import REMARKS
from winnow.worker.observe import GRADIENTS, MAX_LINE, MAX_MESSAGE, Observation, Raised
from winnow.worker.plain import MAX_NAME
from winnow.worker.running import ENDED, PROBLEMS, STOPPED
from winnow.worker.surroundings import WATCHED
from winnow.worker.witness import SENTENCES

# How many names, and bases of an exception, may be told.
NAMES, BASES = 200, 12
# How many problems and remarks on loading a learner reads.
TOLD = 5
# Characters of a file's name, or a cell's, with a line.
MAX_PLACE = 300
ELSEWHERE = ", neither handed in nor installed where this is graded"
"""How a sentence on a library ends that is not there."""
_ABSENT = re.compile(r"No module named '[^']*'")


@dataclass(frozen=True)
class Problem:
    """A statement that did not run to its end. `cause`: a clause on why it is no Python, where the text shows it, or on
    the version that grades; `names`: what it was to bind; `own`: it raised an exception, and was not stopped from
    outside."""

    cell: str
    name: str
    text: str
    line: str
    compiles: bool
    cause: str = ""
    names: frozenset[str] = frozenset()
    own: bool = True

    def sentence(self) -> str:
        """`mae.py, line 9: TabError: inconsistent use of tabs and spaces in indentation`."""
        place = f"{self.cell}, line {self.line}" if self.line else self.cell
        said = f"{place}: {self._said()}"
        return f"{said}; {self.cause}" if self.cause else said

    def failed(self) -> str:
        """`line 1 of mae.py fails: ModuleNotFoundError: No module named 'seaborn'`."""
        return f"line {self.line} of {self.cell} fails: {self._said()}"

    def _said(self) -> str:
        text = self.text.split("\n", 1)[0]
        text = text.removesuffix(f" ({self.cell}, line {self.line})")
        if self.name in ("SystemExit", "KeyboardInterrupt"):
            return f"it ended the process ({'sys.exit' if self.name == 'SystemExit' else self.name})"
        said = f"{self.name}: {text}" if text and self.own else text or self.name
        return said + ELSEWHERE if self.name == "ModuleNotFoundError" and _ABSENT.fullmatch(text) else said


@dataclass
class LoadReport:
    """What there is after the learner's code was run. `again`: a statement that is needed was stopped, and may be given
    more time."""

    defined: frozenset[str] = frozenset()
    stubs: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    remarks: tuple[str, ...] = ()
    broken: bool = False
    again: bool = False

    @property
    def stopped(self) -> bool:
        """Whether a statement used up the time."""
        return any(problem.name == STOPPED and not problem.own for problem in self.problems)

    @property
    def unbound(self) -> dict[str, str]:
        """The names that statements were to bind that failed, each with a clause on that."""
        return {name: problem.failed() for problem in self.problems for name in sorted(problem.names)}

    @property
    def notes(self) -> tuple[str, ...]:
        """What a learner is told of it."""
        return (*self.remarks[:TOLD], *(problem.sentence() for problem in self.problems[:TOLD]))


def loaded(
    data: object, functions: Collection[str], texts: Mapping[str, str], stops: Collection[str] = ()
) -> LoadReport:
    """The report on loading.

    Args:
        functions: those of the exercise.
        texts: the files and cells that were run, by their labels.
        stops: what may be said of a statement that was stopped, or that ended the process.

    Raises:
        WireError: it does not have its form.
    """
    told = _entries(data, "defined", "stubs", "names", "problems", "remarks", "broken", "again")
    defined = frozenset(_text(name, MAX_NAME) for name in _many(told["defined"], len(functions)))
    stubs = frozenset(_text(name, MAX_NAME) for name in _many(told["stubs"], len(functions)))
    if not stubs <= defined <= frozenset(functions):
        raise wire.WireError("the report on loading names functions that are not asked for")
    names = tuple(_text(name, MAX_NAME) for name in _many(told["names"], NAMES))
    problems = tuple(_problem(item, texts, stops) for item in _many(told["problems"], PROBLEMS))
    said = tuple(filter(None, (_remark(item, texts) for item in _many(told["remarks"], REMARKS))))
    return LoadReport(defined, stubs, names, problems, said, _flag(told["broken"]), _flag(told["again"]))


def beside(extra: dict[str, Any], limit: int) -> tuple[str, tuple[str, ...]]:
    """What the code printed, at most `limit` characters, and the sentences on what it tried. Raises WireError."""
    output, tried = extra.get("output", ""), _many(extra.get("tried", []), len(SENTENCES))
    if not isinstance(output, str) or len(output) > limit:
        raise wire.WireError("what was printed is no text, or too long")
    if not all(isinstance(sentence, str) and sentence in SENTENCES for sentence in tried):
        raise wire.WireError("something is told that nobody tries")
    return wire.clean(output, limit), tuple(tried)


def observations(values: Sequence[Any], notes: object, batch: Batch) -> list[Observation]:
    """What was seen of each call. Raises WireError."""
    count = len(batch.calls)
    if len(values) != 2 * count or len(_many(notes, count)) != count:
        raise wire.WireError("the answers are not as many as the calls")
    triples = zip(values[::2], values[1::2], _many(notes, count), strict=True)
    return [_observation(*one, call, batch) for one, call in zip(triples, batch.calls, strict=True)]


def _observation(value: Any, gradients: object, note: object, call: Call, batch: Batch) -> Observation:
    told = _entries(note, "raised", "changed", "touched", "shared")
    raised = None if told["raised"] is None else _raised(told["raised"])
    if raised is not None and not raised.bases:
        raise wire.WireError("an exception extends nothing")
    changed = _changed(told["changed"], call if batch.request.unchanged else Call())
    watched = WATCHED * batch.request.alone + (GRADIENTS,) * batch.request.gradients
    touched = _many(told["touched"], len(watched))
    if not all(isinstance(name, str) and name in watched for name in touched):
        raise wire.WireError("something is told to be touched that is not watched")
    shared = _changed(told["shared"], call if batch.request.new else Call())
    if not isinstance(gradients, list if batch.request.gradients else None.__class__):
        raise wire.WireError("the gradients are no list")
    return Observation(value if raised is None else None, raised, changed, gradients, tuple(touched), shared)


def _remark(data: object, texts: Mapping[str, str]) -> str:
    """The sentence of a remark; none where it names what the code does not."""
    kind = data.get("kind") if isinstance(data, dict) else None
    if not isinstance(kind, str) or kind not in remarks.KINDS:
        raise wire.WireError("there is no such remark")
    told = _entries(data, "kind", *remarks.fields(kind))
    labels = _many(told.get("labels", [told.get("label", next(iter(texts), ""))]), len(texts))
    line = told.get("line", 1)
    if not labels or not all(isinstance(label, str) and label in texts for label in labels):
        raise wire.WireError("there is no such cell")
    if type(line) is not int or not 0 < line < MAX_LINE:
        raise wire.WireError("there is no such line")
    names = {key: _text(told[key], MAX_NAME) for key in ("name", "other") if key in told}
    if not all(name.isidentifier() and any(name in text for text in texts.values()) for name in names.values()):
        return ""
    shown = [wire.clean(label, MAX_PLACE) for label in labels]
    several = f"{', '.join(shown[:-1])} and {shown[-1]}"
    return remarks.KINDS[kind].format(**names, line=line, label=shown[0], labels=several)


def _problem(data: object, texts: Mapping[str, str], stops: Collection[str]) -> Problem:
    told = _entries(data, "cell", "compiles", "name", "bases", "text", "where")
    if not isinstance(told["cell"], str) or told["cell"] not in texts:
        raise wire.WireError("there is no such cell")
    raised = _raised({name: told[name] for name in ("name", "bases", "text", "where")})
    if not raised.bases and (raised.name not in (STOPPED, ENDED) or raised.text not in stops):
        raise wire.WireError("a statement was stopped by nobody")
    line = raised.where.rpartition(":")[2]
    compiles = _flag(told["compiles"])
    text = texts[told["cell"]]
    why = versions.grader_has(raised.name, raised.text) if compiles else syntax.cause(text, int(line or 0), raised.text)
    names = unbound.names(text, int(line or 0)) if compiles else frozenset()
    own = bool(raised.bases)
    return Problem(wire.clean(told["cell"], 200), raised.name, raised.text, line, compiles, why, names, own)


def _raised(data: object) -> Raised:
    told = _entries(data, "name", "bases", "text", "where")
    bases = tuple(_text(base, MAX_NAME) for base in _many(told["bases"], BASES))
    where = _text(told["where"], MAX_PLACE)
    if where and not re.fullmatch(r":[0-9]{1,9}", where[where.rfind(":") :]):
        raise wire.WireError("an exception comes from a place that is no line")
    return Raised(_text(told["name"], MAX_NAME), bases, _text(told["text"], MAX_MESSAGE), where)


def _changed(data: object, call: Call) -> tuple[int | str, ...]:
    places = _many(data, len(call.args) + len(call.kwargs))
    for place in places:
        known = place in call.kwargs if isinstance(place, str) else type(place) is int and 0 <= place < len(call.args)
        if not known:
            raise wire.WireError("an argument is told to be changed that is not there")
    return tuple(places)


def _entries(data: object, *names: str) -> dict[str, Any]:
    if not isinstance(data, dict) or set(data) != set(names):
        raise wire.WireError(f"a report has other entries than {', '.join(names)}")
    return data


def _many(data: object, most: int) -> list[Any]:
    if not isinstance(data, list) or len(data) > most:
        raise wire.WireError("an entry of a report is no list, or too long")
    return data


def _text(data: object, limit: int) -> str:
    if not isinstance(data, str):
        raise wire.WireError("an entry of a report is no text")
    return wire.clean(data, limit)


def _flag(data: object) -> bool:
    if not isinstance(data, bool):
        raise wire.WireError("an entry of a report is neither true nor false")
    return data
