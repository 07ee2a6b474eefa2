"""What has been graded, kept by content: an interrupted run goes on, and nothing is graded twice."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

from winnow.course import Exercise
from winnow.errors import GraderError
from winnow.record import ExerciseResult, as_json, exercise_from_json
from winnow.submission import Source
from winnow.submission.model import digest_of

TABLES = """
CREATE TABLE IF NOT EXISTS graded (key TEXT PRIMARY KEY, exercise TEXT NOT NULL, result TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS latest (student TEXT, exercise TEXT, key TEXT NOT NULL, handed_in TEXT NOT NULL DEFAULT '',
                                   fault TEXT, PRIMARY KEY (student, exercise)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS learners (student TEXT PRIMARY KEY, notes TEXT NOT NULL) WITHOUT ROWID;
"""

PATIENCE = 10.0
"""Seconds to wait for another program that holds the store."""


class StoreError(GraderError):
    """The store cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class Kept:
    """What a learner was last given for one exercise, and the digest of what was handed in then."""

    result: ExerciseResult
    handed_in: str


class Store:
    """An SQLite file. What `keep` has returned from survives a killed process."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._told():
            self._db = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
            try:
                self._db.execute("PRAGMA journal_mode=WAL")
                self._db.execute("PRAGMA synchronous=NORMAL")
                self._db.executescript(TABLES)
                columns = {row[1] for row in self._db.execute("PRAGMA table_info(latest)")}
                if "fault" not in columns:
                    raise sqlite3.DatabaseError("it was written by an older winnow")
            except sqlite3.Error:
                self._db.close()
                raise

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Say in a sentence what SQLite has met."""
        try:
            yield
        except sqlite3.Error as error:
            raise StoreError(_sentence(self.path, error)) from None

    def find(self, key: str) -> ExerciseResult | None:
        """The result kept under `key`; one that cannot be read is as good as none."""
        with self._told():
            row = self._db.execute("SELECT result FROM graded WHERE key = ?", (key,)).fetchone()
        return _result(row[0]) if row else None

    def keep(
        self,
        student: str,
        results: Iterable[tuple[str, ExerciseResult]],
        notes: Sequence[str] = (),
        handed_in: dict[str, str] | None = None,
    ) -> None:
        """Keep one learner's results, all or none, as the learner's latest.

        A grader's own fault is told, and tried again by the next run.
        """
        given = handed_in or {}
        with self._told(), self._whole():
            for key, result in results:
                self._put(key, result)
                fault = _text(result) if result.status == "grader_error" else None
                row = (student, result.exercise, key, given.get(result.exercise, ""), fault)
                self._db.execute("INSERT OR REPLACE INTO latest VALUES (?, ?, ?, ?, ?)", row)
            told = json.dumps(list(notes), ensure_ascii=False)
            self._db.execute("INSERT OR REPLACE INTO learners VALUES (?, ?)", (student, told))

    def put_by(self, results: Iterable[tuple[str, ExerciseResult]]) -> None:
        """Keep results by their content alone: no learner's latest changes."""
        with self._told(), self._whole():
            for key, result in results:
                self._put(key, result)

    def _put(self, key: str, result: ExerciseResult) -> None:
        if result.status != "grader_error":
            row = (key, result.exercise, _text(result))
            self._db.execute("INSERT OR REPLACE INTO graded VALUES (?, ?, ?)", row)

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """One transaction: all of it or nothing."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise

    def latest(self, student: str) -> dict[str, ExerciseResult]:
        """The results of the last run that graded `student`, by exercise."""
        return {exercise: kept.result for exercise, kept in self.kept(student).items()}

    def kept(self, student: str) -> dict[str, Kept]:
        """The same, each with the digest of what was handed in."""
        with self._told():
            rows = self._db.execute(
                "SELECT latest.exercise, COALESCE(fault, result), handed_in FROM latest "
                "LEFT JOIN graded USING (key) WHERE student = ?",
                (student,),
            ).fetchall()
        read = ((exercise, _result(text), handed_in) for exercise, text, handed_in in rows)
        return {exercise: Kept(result, handed_in) for exercise, result, handed_in in read if result is not None}

    def notes(self, student: str) -> tuple[str, ...]:
        """The remarks on what the learner handed in as a whole."""
        with self._told():
            row = self._db.execute("SELECT notes FROM learners WHERE student = ?", (student,)).fetchone()
        return tuple(json.loads(row[0])) if row else ()

    def students(self) -> Iterator[str]:
        """Everyone who was ever graded into this store, sorted."""
        with self._told(), closing(self._db.execute("SELECT DISTINCT student FROM latest ORDER BY student")) as rows:
            for (student,) in rows:
                yield student

    def close(self) -> None:
        self._db.close()


def _text(result: ExerciseResult) -> str:
    # What a learner's code printed may hold half a surrogate pair, which SQLite refuses as text; JSON can escape it.
    text = as_json(result, ensure_ascii=False)
    return text if text.isascii() or _encodable(text) else as_json(result)


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _result(text: str | None) -> ExerciseResult | None:
    try:
        return exercise_from_json(json.loads(text)) if text else None
    except (ValueError, TypeError, AttributeError):
        return None


def _sentence(path: Path, error: sqlite3.Error) -> str:
    text = str(error)
    if "locked" in text:
        return f"{path} is in use by another program: wait for it to end, or give another --out"
    if "full" in text or "disk I/O" in text:
        what = "the disk is full" if "full" in text else "the disk is full, over quota, or failing"
        return f"{path} cannot grow: {what}; what was reported as graded is kept, run again when there is room"
    if "readonly" in text or "unable to open" in text:
        return f"{path} cannot be written: make the folder writable, or give another --out"
    return f"{path} cannot be used ({text}): move it away to start anew, or give another --out"


def key(source: Source, basis: bytes, secret: bytes, layers: Sequence[str] = ()) -> str:
    """The key of a result: the same handed-in text, exercise, engine, sandbox and secret give the same result.

    Args:
        basis: the exercise and the engine, as `exercise_digest` has them.
    """
    return _over(source_digest(source).encode(), basis, secret, " ".join(layers).encode()).hex()


def quiz_key(source: Source, paper: bytes, learner: str, salt: str) -> str:
    """The same for a quiz, of whose questions and key `paper` is a digest: numbers are drawn for the learner."""
    return _over(source_digest(source).encode(), paper, engine_digest(), salt.encode(), learner.encode()).hex()


def _over(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).digest()


def source_digest(source: Source) -> str:
    """Of what was handed in for one exercise."""
    return digest_of([source])


def exercise_digest(exercise: Exercise) -> bytes:
    """Of all files that a verdict on the exercise follows from, as they are now, and of the engine."""
    folder = exercise.hidden_checks.parent
    files = {exercise.stub, exercise.public_checks, exercise.solution, *folder.glob("*.py"), *folder.glob("*.toml")}
    entry = repr((exercise.functions, exercise.needs, exercise.points, exercise.limits, exercise.closed)).encode()
    there = [file for file in sorted(files) if file.is_file()]
    return _over(engine_digest(), entry, *(file.read_bytes() for file in there))


@cache
def engine_digest() -> bytes:
    """Of the engine's own files, and of the versions of what it computes with."""
    versions = [sys.version]
    for name in ("numpy", "pandas", "torch", "matplotlib", "hypothesis"):
        try:
            versions.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            versions.append(f"no {name}")
    files = sorted(Path(__file__).parent.rglob("*.py"))
    parts = [hashlib.sha256(file.read_bytes()).digest() for file in files]
    return hashlib.sha256(repr(versions).encode() + b"".join(parts)).digest()
