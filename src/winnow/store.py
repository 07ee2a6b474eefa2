"""What has been graded, kept by content: an interrupted run goes on, and nothing is graded twice."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import asdict
from functools import cache
from pathlib import Path

from winnow.course import Exercise
from winnow.errors import GraderError
from winnow.record import ExerciseResult, exercise_from_json
from winnow.submission import Source

TABLES = """
CREATE TABLE IF NOT EXISTS graded (key TEXT PRIMARY KEY, exercise TEXT NOT NULL, result TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS latest (student TEXT, exercise TEXT, key TEXT NOT NULL,
                                   PRIMARY KEY (student, exercise)) WITHOUT ROWID;
"""


class StoreError(GraderError):
    """The store cannot be used; the message says why and what to do."""


class Store:
    """An SQLite file. What `keep` has returned from survives a killed process."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._db = sqlite3.connect(path, timeout=10, isolation_level=None)
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=NORMAL")
            self._db.executescript(TABLES)
        except sqlite3.Error as error:
            raise StoreError(_sentence(path, error)) from None

    def find(self, key: str) -> ExerciseResult | None:
        """The result kept under `key`."""
        row = self._db.execute("SELECT result FROM graded WHERE key = ?", (key,)).fetchone()
        return exercise_from_json(json.loads(row[0])) if row else None

    def keep(self, student: str, results: Iterable[tuple[str, ExerciseResult]]) -> None:
        """Keep one learner's results, all or none. A grader's own fault is not kept: it is tried again."""
        try:
            self._db.execute("BEGIN IMMEDIATE")
            for key, result in results:
                if result.status != "grader_error":
                    text = json.dumps(asdict(result), ensure_ascii=False)
                    self._db.execute("INSERT OR REPLACE INTO graded VALUES (?, ?, ?)", (key, result.exercise, text))
                self._db.execute("INSERT OR REPLACE INTO latest VALUES (?, ?, ?)", (student, result.exercise, key))
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise StoreError(_sentence(self.path, error)) from None

    def latest(self, student: str) -> dict[str, ExerciseResult]:
        """The results of the last run that graded `student`, by exercise."""
        rows = self._db.execute(
            "SELECT latest.exercise, result FROM latest JOIN graded USING (key) WHERE student = ?", (student,)
        )
        return {exercise: exercise_from_json(json.loads(text)) for exercise, text in rows}

    def students(self) -> Iterator[str]:
        """Everyone who was ever graded into this store, sorted."""
        with closing(self._db.execute("SELECT DISTINCT student FROM latest ORDER BY student")) as rows:
            for (student,) in rows:
                yield student

    def close(self) -> None:
        self._db.close()


def _sentence(path: Path, error: sqlite3.Error) -> str:
    text = str(error)
    if "locked" in text:
        return f"{path} is in use by another run: wait for it to end, or give another --out"
    if "full" in text:
        return (
            f"{path} cannot grow: the disk is full; what was reported as graded is kept, run again when there is room"
        )
    return f"{path} cannot be used ({text}): move it away to start anew, or give another --out"


def key(source: Source, exercise: Exercise, secret: bytes) -> str:
    """The key of a result: the same handed-in text, exercise, engine and secret give the same result."""
    digest = hashlib.sha256()
    for part in (
        json.dumps(asdict(source), sort_keys=True).encode(),
        exercise_digest(exercise),
        engine_digest(),
        secret,
    ):
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()


@cache
def exercise_digest(exercise: Exercise) -> bytes:
    """Of all files that a verdict on the exercise follows from."""
    folder = exercise.hidden_checks.parent
    files = {exercise.stub, exercise.public_checks, exercise.solution, *folder.glob("*.py")}
    entry = repr((exercise.functions, exercise.needs, exercise.points, exercise.limits)).encode()
    return hashlib.sha256(
        entry + b"".join(hashlib.sha256(file.read_bytes()).digest() for file in sorted(files))
    ).digest()


@cache
def engine_digest() -> bytes:
    """Of the engine's own files."""
    files = sorted(Path(__file__).parent.rglob("*.py"))
    return hashlib.sha256(b"".join(hashlib.sha256(file.read_bytes()).digest() for file in files)).digest()
