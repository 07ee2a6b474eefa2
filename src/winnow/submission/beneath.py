"""Opening what lies below a folder without following a link, even one that is put there at the last moment."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

FOLLOWS_NONE = os.open in os.supports_dir_fd and os.scandir in os.supports_fd
"""Whether the system can open a name in an open folder. Where it cannot, a link is looked for before opening."""

_FILE = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)
_BY_A_LINK = (errno.ELOOP, errno.EMLINK)
IS_A_LINK = "it is a link, or lies behind one"


class LinkError(OSError):
    """What was to be opened is a link, or lies behind one."""

    def __init__(self) -> None:
        super().__init__(errno.ELOOP, IS_A_LINK)


def read_beneath(top: Path, parts: Sequence[str], limit: int) -> bytes:
    """The first `limit` + 1 bytes of an ordinary file.

    Args:
        top: a folder that is trusted, whatever leads to it.
        parts: the way from there, of names alone.

    Raises:
        LinkError: the file is a link, or a folder on the way is one.
        OSError: it cannot be read, or is no ordinary file.
    """
    with folder_beneath(top, parts[:-1]) as folder:
        opened = _open(parts[-1], _FILE, folder)
        with open(opened, "rb") as stream:
            # A pipe, or a device: neither has an end.
            if not stat.S_ISREG(os.fstat(opened).st_mode):
                raise OSError(errno.EINVAL, "it is no ordinary file")
            return stream.read(limit + 1)


@contextmanager
def folder_beneath(top: Path, parts: Sequence[str]) -> Iterator[int | Path]:
    """A folder, for `os.scandir` and to open what is in it. Raises as `read_beneath` does."""
    if not FOLLOWS_NONE:
        yield _plain(top, parts)
        return
    opened = os.open(top, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for part in parts:
            below = _open(part, _FOLDER, opened)
            os.close(opened)
            opened = below
        yield opened
    finally:
        os.close(opened)


def _open(name: str, flags: int, folder: int | Path) -> int:
    try:
        if isinstance(folder, Path):
            return os.open(_plain(folder, [name]), flags)
        return os.open(name, flags, dir_fd=folder)
    except OSError as error:
        # A link where a folder should be is "not a directory".
        if error.errno in _BY_A_LINK or (error.errno == errno.ENOTDIR and _is_link(name, folder)):
            raise LinkError from None
        raise


def _is_link(name: str, folder: int | Path) -> bool:
    if isinstance(folder, Path):
        return (folder / name).is_symlink()
    return stat.S_ISLNK(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode)


def _plain(top: Path, parts: Sequence[str]) -> Path:
    for part in parts:
        top = top / part
        if top.is_symlink():
            raise LinkError
    return top
