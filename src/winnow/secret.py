"""The course secret, from which hidden inputs and quiz variants are drawn."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

DEMO = b"winnow: the demo course has no secret"


def course_secret(root: Path) -> bytes:
    """The secret: WINNOW_SECRET, or graders/secret.txt, or a fixed one for demo and tests.

    It is kept out of version control; whoever has it can redraw the hidden inputs of a run.
    """
    named = os.environ.get("WINNOW_SECRET")
    if named:
        return hashlib.sha256(named.encode()).digest()
    path = root / "graders" / "secret.txt"
    if path.is_file():
        return hashlib.sha256(path.read_bytes().strip()).digest()
    return DEMO
