"""File names for learners: the same name always gives the same file, and no two names share one."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_PLAIN = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9_-])?")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")
_SLUG_BYTES = 80


def file_stem(student: str) -> str:
    """A file name without extension that every file system takes.

    A plain lower-case name stays as it is. Any other is made readable and gets `~` and a digest of the
    exact name; `~` is in no plain name, so nobody can choose a name that hits another learner's file, not
    even where the file system folds case or normalises letters.
    """
    if _PLAIN.fullmatch(student) and not _RESERVED.fullmatch(student):
        return student
    digest = hashlib.sha256(student.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    folded = unicodedata.normalize("NFC", student).lower()
    slug = re.sub(r"_+", "_", "".join(letter if letter.isalnum() else "_" for letter in folded)).strip("_")
    readable = slug.encode("utf-8", "ignore")[:_SLUG_BYTES].decode("utf-8", "ignore")
    return f"{readable or 'learner'}~{digest}"
