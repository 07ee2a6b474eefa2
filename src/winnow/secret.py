"""The course secret, from which hidden inputs and quiz variants are drawn."""

from __future__ import annotations

import hashlib
import os
from functools import cache
from pathlib import Path

DEMO = b"winnow: the demo course has no secret"
SHORT = 16
"""A secret of fewer letters is a word, a name or a year: what is drawn from it lets it be guessed."""


def course_secret(root: Path) -> bytes:
    """The secret: WINNOW_SECRET, or graders/secret.txt, or a fixed one for demo and tests.

    It is kept out of version control; whoever has it can redraw the hidden inputs of a run.
    """
    given = _given(root)
    return DEMO if given is None else _stretched(given)


def doubt(root: Path) -> str:
    """What an instructor should know of the secret; empty where all is well."""
    given = _given(root)
    if given is None:
        return "hidden inputs are those of the demo: set WINNOW_SECRET or write graders/secret.txt to draw your own"
    if len(given.decode("utf-8", "replace")) < SHORT:
        return (
            f"the course secret has fewer than {SHORT} letters, so it can be guessed from what learners see: "
            "draw one with python -c 'import secrets; print(secrets.token_hex())'"
        )
    return ""


def _given(root: Path) -> bytes | None:
    named = os.environ.get("WINNOW_SECRET")
    if named:
        return named.encode()
    path = root / "graders" / "secret.txt"
    return path.read_bytes().strip() if path.is_file() else None


@cache
def _stretched(given: bytes) -> bytes:
    """A key that takes a quarter of a second and 32 MB: learners see what follows from it, and may try all guesses.

    The parameters are among those that OWASP's password storage cheat sheet recommends for scrypt.
    """
    return hashlib.scrypt(given, salt=b"winnow course secret", n=2**15, r=8, p=3, maxmem=2**26, dklen=32)
