"""Files handed in beside an answer, for code that opens them."""

from __future__ import annotations

import contextlib
import os
from base64 import b64decode
from collections.abc import Sequence

from .statements import Text


def lay_out(path: str, texts: Sequence[Text]) -> None:
    """Write files below the current folder, by their labels, and make the answer's folder the current one.

    Args:
        path: of the answer's file.
        texts: labelled with their paths. One that leads out of the folder is left out.
    """
    for text in texts:
        _write(text.label, text)
    folder = path.rpartition("/")[0]
    with contextlib.suppress(OSError, ValueError):
        if folder and _lies_below(folder):
            os.makedirs(folder, exist_ok=True)
            os.chdir(folder)
            for text in texts:
                # VS Code runs a file from the top of its workspace.
                _write(text.label, text)


def _write(path: str, text: Text) -> None:
    folder, _, name = path.rpartition("/")
    with contextlib.suppress(OSError, ValueError):
        if _lies_below(path) and name not in ("", ".", ".."):
            if folder:
                os.makedirs(folder, exist_ok=True)
            # Never over what is there.
            with open(path, "xb") as file:
                file.write(b64decode(text.encoded) or (text.otherwise or text.source).encode())


def _lies_below(folder: str) -> bool:
    """Whether a path leads to the current folder, or below it."""
    return ".." not in folder.split("/") and not os.path.isabs(folder)
