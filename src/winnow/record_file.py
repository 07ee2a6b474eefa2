"""`results.json` as a file: written and read one learner at a time, so that memory does not grow with the class."""

from __future__ import annotations

import json
import weakref
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from winnow.atomic_write import atomically
from winnow.record import NOBODY, SCHEMA, RunResult, SubmissionResult, as_json, submission_from_json

NAME = "results.json"
_OPENING, _CLOSING = ' "submissions": [', " ]}"


def pieces(run: RunResult, called: Callable[[str], str] = str) -> Iterator[str]:
    """The text of `results.json`: one line per learner, no time stamps, so equal runs give equal bytes.

    Args:
        called: the name under which a learner is written; under another than the record's own, nothing else that is
            known of the learner is.
    """
    head = {"schema": run.schema, "sandbox": list(run.sandbox), "versions": dict(run.versions)}
    head["remarks"] = list(run.remarks)
    yield f"{json.dumps(head, ensure_ascii=False, indent=1)[:-2]},\n{_OPENING}"
    separator = "\n"
    for submission in run.submissions:
        named = submission
        if called is not str:
            named = replace(submission, student=called(submission.student), person=NOBODY)
        yield separator + as_json(named, ensure_ascii=False)
        separator = ",\n"
    yield f"\n{_CLOSING}\n"


def write(run: RunResult, path: Path, called: Callable[[str], str] = str) -> None:
    """Write `results.json` at `path`. Raises OSError."""
    # Half a surrogate pair, which a learner's code may print, is no UTF-8; as an escape it is JSON all the same.
    with atomically(path) as part, part.open("w", encoding="utf-8", errors="backslashreplace") as file:
        file.writelines(pieces(run, called))


class Recorded(Sequence[SubmissionResult]):
    """The learners in a file that `write` wrote, read from it as often as they are asked for.

    What stays in memory is where each begins. The file stays open, so that one which takes its place meanwhile is not
    mixed with it.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._places = array("q")
        weakref.finalize(self, file.close)

    def find(self, number: int) -> None:
        """Find and check the learners from here on, the first of them in line `number` of the file.

        Raises:
            ValueError: a line holds none, or the last one is missing.
        """
        place = self._file.tell()
        for at, line in enumerate(self._file, number):
            if line == f"{_CLOSING}\n".encode():
                return
            try:
                _submission(line)
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
                raise ValueError(f"line {at} is no learner's record") from None
            self._places.append(place)
            place += len(line)
        raise ValueError("its end is missing")

    def __len__(self) -> int:
        return len(self._places)

    def __getitem__(self, at):  # type: ignore[no-untyped-def]
        if isinstance(at, slice):
            return [self[index] for index in range(*at.indices(len(self)))]
        self._file.seek(self._places[at])
        return _submission(self._file.readline())


def load(path: Path) -> RunResult:
    """Read `results.json`. Its learners are checked, left in the file, and read one by one when they are asked for.

    Raises:
        OSError: it cannot be read.
        ValueError: it is not one of ours; the message is one sentence.
    """
    file = path.open("rb")
    recorded = Recorded(file)
    above: list[bytes] = []
    try:
        for line in file:
            if line == f"{_OPENING}\n".encode():
                head = _head(b"".join(above).rstrip(b",\n") + b"}")
                recorded.find(len(above) + 2)
                return _run(head, recorded)
            above.append(line)
        # Laid out by another hand: read at once.
        data = _head(b"".join(above))
        return _run(data, tuple(submission_from_json(item) for item in data["submissions"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        what = f"{error.args[0]} is missing" if isinstance(error, KeyError) else error
        raise ValueError(f"{path} is not a results.json that this winnow wrote ({what}): grade again") from None


def _head(text: bytes) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(text)
    if data["schema"] != SCHEMA:
        raise ValueError(f"its schema is {data['schema']}, and not {SCHEMA}")
    return data


def _run(head: dict[str, Any], submissions: Sequence[SubmissionResult]) -> RunResult:
    remarks, versions = tuple(head.get("remarks", ())), dict(head.get("versions", {}))
    return RunResult(tuple(head["sandbox"]), submissions, remarks=remarks, versions=versions)


def _submission(line: bytes) -> SubmissionResult:
    return submission_from_json(json.loads(line.rstrip(b",\n")))
