"""What was found out, kept by the digest of all that it follows from: what is unchanged is not examined again."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

FILE = Path(".winnow", "doctor.sqlite")
ROOM = 20
"""So many findings are kept about one subject: branches of a repository take turns."""

TABLE = """
CREATE TABLE IF NOT EXISTS found (digest TEXT PRIMARY KEY, subject TEXT NOT NULL, finding TEXT NOT NULL,
                                  kept INTEGER NOT NULL)
"""


class Memory:
    """An SQLite file in the course's folder. Where it cannot be used nothing is remembered, and `remark` says so.

    Args:
        fresh: nothing that is kept is found again.
    """

    def __init__(self, path: Path, fresh: bool = False) -> None:
        self.remark = ""
        self._fresh = fresh
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = self._opened(str(path))
        except (sqlite3.Error, OSError) as error:
            self.remark = f"nothing is remembered, since {path} cannot be used: {error}"
            self._db = self._opened(":memory:")

    @staticmethod
    def _opened(path: str) -> sqlite3.Connection:
        db = sqlite3.connect(path, timeout=10, isolation_level=None, check_same_thread=False)
        try:
            db.execute(TABLE)
        except sqlite3.Error:
            db.close()
            raise
        return db

    def find(self, digest: str) -> str | None:
        """What is kept under the digest."""
        if self._fresh:
            return None
        with contextlib.suppress(sqlite3.Error):
            row = self._db.execute("SELECT finding FROM found WHERE digest = ?", (digest,)).fetchone()
            return str(row[0]) if row else None
        return None

    def keep(self, digest: str, subject: str, finding: str) -> None:
        """Keep a finding, and forget the oldest about the same subject where there are too many."""
        try:
            self._db.execute(
                "INSERT OR REPLACE INTO found VALUES (?, ?, ?, (SELECT COALESCE(MAX(kept), 0) + 1 FROM found))",
                (digest, subject, finding),
            )
            self._db.execute(
                "DELETE FROM found WHERE subject = ? AND digest NOT IN "
                "(SELECT digest FROM found WHERE subject = ? ORDER BY kept DESC LIMIT ?)",
                (subject, subject, ROOM),
            )
        except sqlite3.Error as error:
            self.remark = f"not everything is remembered: {error}"

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()
