"""What was handed in, as text: the cells, sources and submissions that the engine grades."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from winnow.errors import UsageError


class SubmissionsError(UsageError):
    """The folder of submissions cannot be used; the message is one sentence for the instructor."""


class Unreadable(Exception):
    """A file of a learner cannot be read as code; the message is one sentence for the learner."""


Parts = tuple[str, ...]


@dataclass(frozen=True)
class Packed:
    """A file or folder in an archive; without `parts`, all of it."""

    archive: Path
    parts: Parts = ()


Place = Path | Packed


@dataclass(frozen=True)
class Gathered:
    """What one learner handed in, in pieces: the path that each has in the submission, and where it lies.

    The content of a folder whose path is empty lies at the top. There may be none: then nothing was handed in.
    """

    pieces: tuple[tuple[Parts, Place], ...] = ()


@dataclass(frozen=True)
class Cell:
    """One unit that is executed on its own: a file, or a code cell of a notebook.

    `label` is how messages call it ("mae.py", "cell 7"). `source` has \\n line ends, no byte order mark and
    no NUL, and its lines are numbered as in what was handed in. `otherwise` is the same without what Jupyter adds to
    Python, for the case that `source` is no Python; empty where it is the same. `encoded` is what a file holds that is
    no text, in base64.
    """

    label: str
    source: str
    otherwise: str = ""
    encoded: str = ""


@dataclass(frozen=True)
class Source:
    """What was handed in for one exercise.

    `message` is the sentence for `missing` and `unreadable`; `notes` are remarks that cost nothing; `path` is
    the place within the submission. `fallbacks` are the other candidates, best first, for the case that this
    one turns out to be an untouched stub. `beside` are the files that it may import, labelled with their paths;
    `elsewhere` are those that define functions of the exercise, too, in case that some are not in `cells`.
    """

    exercise: str
    status: Literal["found", "missing", "unreadable"]
    cells: tuple[Cell, ...] = ()
    message: str = ""
    notes: tuple[str, ...] = ()
    path: str = ""
    fallbacks: tuple[Source, ...] = ()
    beside: tuple[Cell, ...] = ()
    elsewhere: tuple[Cell, ...] = ()

    @property
    def others(self) -> tuple[Cell, ...]:
        """All files that may be run for the answer, each once."""
        known = {cell.label for cell in self.beside}
        return (*self.beside, *(cell for cell in self.elsewhere if cell.label not in known))


@dataclass(frozen=True)
class QuizSought:
    """A quiz: what it is called in a record, its module, and the ids of its questions."""

    quiz: str
    module: str
    questions: frozenset[str]


@dataclass(frozen=True)
class Submission:
    """All that one learner handed in, by exercise and quiz. `digest` changes when anything graded changes; `cells` are
    all code cells of what is a single notebook, as they were read."""

    student: str
    path: Place | Gathered
    sources: dict[str, Source]
    notes: tuple[str, ...] = ()
    digest: str = ""
    cells: tuple[Cell, ...] = ()


def digest_of(sources: Iterable[Source], notes: Iterable[str] = ()) -> str:
    """SHA-256 over everything in a submission, or a part of one, that a grade or a report can depend on.

    The learner's name is not in it: equal answers have equal digests.
    """

    content = [[_digested(source) for source in sources], list(notes)]
    return hashlib.sha256(json.dumps(content).encode("ascii")).hexdigest()


def _digested(source: Source) -> list[object]:
    texts = [
        [[cell.label, *map(_text_digest, (cell.source, cell.otherwise, cell.encoded))] for cell in those]
        for those in (source.cells, source.beside, source.elsewhere)
    ]
    others = [_digested(other) for other in source.fallbacks]
    return [source.exercise, source.status, source.path, source.message, source.notes, texts, others]


# One large file may answer every exercise, and lie beside every answer.
@functools.lru_cache(maxsize=256)
def _text_digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def shown(name: str, longest: int = 120) -> str:
    """A name from the learner's side as it may stand in a message: one line, printable, not too long.

    Names of files can hold line breaks, terminal escapes and bytes that are not text.
    """
    if name.isprintable() and len(name) <= longest:
        return name
    clean = "".join(char if char.isprintable() else ascii(char)[1:-1] for char in name[: longest + 1])
    return clean if len(clean) <= longest else clean[: longest - 1] + "…"


def megabytes(size: int) -> str:
    """A size in bytes as a learner reads it."""
    return f"{size / 2**20:.1f} MB"
