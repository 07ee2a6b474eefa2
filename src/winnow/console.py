"""The terminal, for words that others wrote."""

from __future__ import annotations

from typing import IO

from rich.console import Console


def plain_console(file: IO[str] | None = None, *, stderr: bool = False) -> Console:
    """A console that prints a text as it stands.

    Names, paths, remarks and code have brackets and colons, in which Rich would otherwise see markup and emoji:
    `pip install '.[grade]'` would lose its `[grade]`.
    """
    # In a notebook, too, it is text: a table of HTML would break every line that is pasted.
    return Console(file=file, stderr=stderr, markup=False, emoji=False, highlight=False, force_jupyter=False)
