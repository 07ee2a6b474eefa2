"""Names in a zip archive. Where an archive does not say how they are encoded, zipfile reads cp437; packers wrote UTF-8,
the code page of a Korean Windows, or really cp437."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterable, Sequence

DEEPEST = 100
LONGEST = 255
"""No system nests folders so deep, or has longer names in them, and what reads a name may take quadratic time."""
NO_FILE = "is a pipe, a socket or a device and was left out: hand in an ordinary file"
_UNIX = 3
_UTF_8 = 0x800
"""The flag of a name that is in UTF-8, and says so."""


def names_in(archive: zipfile.ZipFile) -> list[tuple[str, zipfile.ZipInfo]]:
    """Every member with the name that its packer gave it."""
    members = archive.infolist()
    raw = {info.filename: info.filename.encode("cp437", "replace") for info in members if not _is_told(info)}
    utf_8 = {name: text for name, content in raw.items() if (text := _decoded(content, "utf-8")) is not None}
    # Three bytes of cp437 pass for Korean now and then, a whole archive of them does not: all are decided on at once.
    rest = {name: content for name, content in raw.items() if name not in utf_8}
    known = utf_8 | (_korean(rest) if _is_korean(rest.values()) else {})
    return [
        (known.get(info.filename, info.filename) if not _is_told(info) else info.filename, info) for info in members
    ]


def can_be(parts: Sequence[str]) -> bool:
    """Whether the parts of a path can be those of a file."""
    return 0 < len(parts) <= DEEPEST and all(len(part) <= LONGEST for part in parts)


def refusal(parts: Sequence[str], info: zipfile.ZipInfo) -> str:
    """Why a member is left out, as the end of a sentence that begins with its name; empty where it is read."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    if ".." in parts:
        return "points out of the archive and was left out"
    if not can_be(parts):
        return "lies too deep, or its name is too long: left out"
    if kind == stat.S_IFLNK:
        return "is a link and was left out: hand in the file itself"
    if info.create_system == _UNIX and kind in (stat.S_IFIFO, stat.S_IFSOCK, stat.S_IFCHR, stat.S_IFBLK):
        return NO_FILE
    return ""


def _is_told(info: zipfile.ZipInfo) -> bool:
    return bool(info.flag_bits & _UTF_8) or info.filename.isascii()


def _decoded(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeError:
        return None


def _korean(raw: dict[str, bytes]) -> dict[str, str]:
    return {name: text for name, content in raw.items() if (text := _decoded(content, "cp949")) is not None}


def _is_korean(names: Iterable[bytes]) -> bool:
    """Whether most letters are of the 2350 syllables that Korean is written with, all of them in EUC-KR."""
    common = rare = 0
    for name in names:
        text = _decoded(name, "cp949")
        if text is None:
            rare += len(name) - len(name.decode("ascii", "ignore"))
            continue
        for letter in text:
            if not letter.isascii():
                try:
                    letter.encode("euc_kr")
                    common += 1
                except UnicodeError:
                    rare += 1
    return common > rare
