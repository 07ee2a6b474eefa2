"""What a learner reads whose function calls what it is to write itself. In nbgrader's notebooks, which have no engine,
`winnow.notebooks.sources` says the same."""

from __future__ import annotations


class ClosedError(RuntimeError):
    """A learner's function called what it is to do itself."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path} is what you are to write here.")


def closed_library(name: str) -> ImportError:
    """That of a library that does it, and is imported nowhere else."""
    return ImportError(f"{name} has what you are to write here.")
