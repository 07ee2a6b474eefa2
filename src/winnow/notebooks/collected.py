"""What learners handed in, as it lies in nbgrader's tree: opened through no link, and read once."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import nbformat
from nbformat import validator
from nbgrader.converters import NbGraderException

from winnow.submission.beneath import LinkError, folder_beneath, read_beneath
from winnow.submission.model import Unreadable, megabytes, shown
from winnow.submission.outputs import without_outputs
from winnow.submission.reading import NOTEBOOK_BYTES

FILE_BYTES = 256 << 20
FILES = 5_000
TIMESTAMP = "timestamp.txt"

Parts = tuple[str, ...]


class UnreadableError(NbGraderException):  # type: ignore[misc]
    """What was handed in is no notebook, or must not be opened; nbgrader goes on with the next learner."""


class Collected:
    """The folder of one learner and one assignment, below the folder of all that was submitted."""

    def __init__(self, folder: Path) -> None:
        """`folder` ends in the names of the learner and of the assignment; what is above them is trusted."""
        self._top, self._parts = folder.parents[1], folder.parts[-2:]

    @classmethod
    def of(cls, coursedir: Any, student: str, assignment: str) -> Collected:
        """Where nbgrader looks for it."""
        return cls(Path(coursedir.root, coursedir.format_path(coursedir.submitted_directory, student, assignment)))

    def names(self) -> list[str]:
        """What lies in the folder, but folders. Raises UnreadableError where it is a link, or lies behind one."""
        try:
            with self._folder() as folder, os.scandir(folder) as found:
                return sorted(entry.name for entry in found if not entry.is_dir(follow_symlinks=False))
        except OSError as error:
            raise UnreadableError(self._said((), error)) from None

    def notebook(self, name: str) -> bytes:
        """The bytes of a notebook.

        Raises:
            UnreadableError: it is a link or lies behind one, it is too large, or it cannot be read.
        """
        try:
            raw = read_beneath(self._top, (*self._parts, name), NOTEBOOK_BYTES)
        except OSError as error:
            raise UnreadableError(self._said((name,), error)) from None
        if len(raw) > NOTEBOOK_BYTES:
            raise UnreadableError(f"{shown(name)} is larger than {megabytes(NOTEBOOK_BYTES)}: ask for it anew")
        return raw

    def timestamp(self) -> str:
        """When it was handed in, as nbgrader's exchange has noted it; empty where it has not."""
        try:
            return read_beneath(self._top, (*self._parts, TIMESTAMP), 200).decode("utf-8", "replace").strip()
        except OSError:
            return ""

    def others(self, ignore: list[str]) -> Iterator[tuple[Parts, bytes]]:
        """The other ordinary files, each with the way to it. Links are passed over, and what lies behind them.

        Args:
            ignore: patterns of names, as nbgrader has them.
        """
        left = FILES
        folders: list[Parts] = [()]
        while folders:
            above = folders.pop()
            with contextlib.suppress(OSError):
                with self._folder(above) as folder, os.scandir(folder) as found:
                    entries = [entry for entry in found if not any(fnmatch(entry.name, one) for one in ignore)]
                    folders += [(*above, one.name) for one in entries if one.is_dir(follow_symlinks=False)]
                    names = [one.name for one in entries if one.is_file(follow_symlinks=False)]
                for name in names[:left]:
                    if not name.endswith(".ipynb"):
                        with contextlib.suppress(OSError):
                            yield (*above, name), read_beneath(self._top, (*self._parts, *above, name), FILE_BYTES)
                left -= min(left, len(names))

    def is_behind_a_link(self, parts: Parts) -> bool:
        """Whether a file is a link, or lies behind one."""
        try:
            read_beneath(self._top, (*self._parts, *parts), 0)
        except LinkError:
            return True
        except OSError:
            return False
        return False

    def _folder(self, below: Parts = ()) -> contextlib.AbstractContextManager[int | Path]:
        return folder_beneath(self._top, (*self._parts, *below))

    def _said(self, below: Parts, error: OSError) -> str:
        return (
            f"{shown('/'.join((*self._parts, *below)), 300)} cannot be read: {error.strerror}; ask for the file itself"
        )


def as_notebook(raw: bytes, name: str) -> Any:
    """What was handed in as nbgrader has notebooks, without outputs.

    Raises:
        UnreadableError: it is none.
    """
    try:
        text = without_outputs(raw, name).decode("utf-8-sig")
        nb = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
        _, nb = validator.normalize(nb)
    except Unreadable as error:
        raise UnreadableError(str(error)) from None
    except Exception as error:
        # A notebook can be wrong in more ways than nbformat has exceptions for.
        raise UnreadableError(f"{name} cannot be read as a notebook ({first_line(error)}); ask for it anew") from None
    return nb


def first_line(error: Exception) -> str:
    """An exception in a line."""
    return f"{type(error).__name__}: {str(error).strip().partition(chr(10))[0][:200]}"
