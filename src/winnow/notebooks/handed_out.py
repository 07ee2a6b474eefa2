"""What a source notebook remembers of how it was made, in its metadata."""

from __future__ import annotations

import json
from pathlib import Path

KEY = "winnow"
SALT = "quiz_salt"


def drawn_with(source: Path) -> str:
    """The salt with which the numbers of the quiz in a source notebook were drawn; empty where it does not say.

    Only the instructor's own notebook is asked: a learner could write any other salt into what is handed in.
    """
    try:
        salt = json.loads(source.read_bytes())["metadata"][KEY][SALT]
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    return salt if isinstance(salt, str) else ""
