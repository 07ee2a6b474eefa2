"""Where what was handed in lies: on disk, or in the archive in which a system delivers a whole class.

Nothing is unpacked. An archive is indexed once in each process, and its members are read when they are asked for.
"""

from __future__ import annotations

import os
import stat
import unicodedata
import zipfile
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from .beneath import read_beneath
from .model import Packed, Parts, Place, SubmissionsError, shown
from .zip_names import names_in, refusal

LONGEST = 1024
"""A name may have 255 bytes, each shown by four characters: none is cut, so that none becomes another's."""
REFUSED = 1000


@dataclass
class Index:
    """An archive, its files, and the names in each of its folders. Links and paths that lead out are not in these."""

    archive: zipfile.ZipFile
    files: dict[Parts, zipfile.ZipInfo] = field(default_factory=dict)
    folders: dict[Parts, set[str]] = field(default_factory=lambda: {(): set()})
    refused: dict[Parts, str] = field(default_factory=dict)

    def left(self, folder: Parts) -> list[tuple[Parts, str]]:
        """What is not among the files of a folder, and why; or the file itself."""
        return [(parts, why) for parts, why in self.refused.items() if parts[: len(folder)] == folder]

    def below(self, folder: Parts) -> list[Parts]:
        """The files in a folder and in the folders in it, in order; or the file itself."""
        found, waiting = [], [folder]
        while waiting:
            place = waiting.pop()
            if place in self.files:
                found.append(place)
            else:
                waiting += [(*place, name) for name in sorted(self.folders.get(place, ()), reverse=True)]
        return found


def index(archive: Path) -> Index:
    """The index of an archive. Raises SubmissionsError when it cannot be read."""
    try:
        about = archive.stat()
    except OSError as error:
        raise SubmissionsError(f"{archive} cannot be read: {error.strerror}") from None
    if not stat.S_ISREG(about.st_mode):
        raise SubmissionsError(f"{archive} cannot be read: it is no ordinary file")
    # A file that is open in two processes has one position: each opens its own.
    return _index(archive, (os.getpid(), about.st_ino, about.st_mtime_ns, about.st_size))


@lru_cache(maxsize=4)
def _index(path: Path, _state: tuple[int, ...]) -> Index:
    try:
        made = Index(zipfile.ZipFile(path))
        members = names_in(made.archive)
    except Exception as error:  # zipfile raises a dozen kinds of exception for damaged tables
        why = error.strerror if isinstance(error, OSError) else None
        said = why or "it is no zip archive, or was cut short"
        raise SubmissionsError(f"{path} cannot be read: {said}; download it again") from None
    for name, info in members:
        parts = tuple(part for part in name.replace("\\", "/").split("/") if part not in ("", "."))
        if why := refusal(parts, info):
            if parts and len(made.refused) < REFUSED:
                made.refused[parts] = why
            continue
        for depth in range(len(parts)):
            made.folders.setdefault(parts[:depth], set()).add(parts[depth])
        if info.is_dir():
            made.folders.setdefault(parts, set())
        else:
            made.files[parts] = info
    return made


def is_archive(path: Path) -> bool:
    """Whether there is a zip archive that can be read."""
    try:
        index(path)
    except SubmissionsError:
        return False
    return True


def name_of(place: Place) -> str:
    """The name of a file or folder, in one Unicode form: macOS decomposes the names that it hands out."""
    if isinstance(place, Packed):
        name = place.parts[-1] if place.parts else place.archive.stem
    else:
        # Bytes that are not text in the file system's encoding become visible, and stay distinct.
        name = os.fsencode(place.name).decode("utf-8", "backslashreplace")
    return shown(unicodedata.normalize("NFC", name), LONGEST)


def title_of(place: Place) -> str:
    """A file or folder as messages to instructors call it."""
    return "/".join((str(place.archive), *place.parts)) if isinstance(place, Packed) else str(place)


def is_folder(place: Place) -> bool:
    """Whether there may be something in it."""
    return place.parts in index(place.archive).folders if isinstance(place, Packed) else place.is_dir()


def is_file(place: Place) -> bool:
    """Whether it is an ordinary file."""
    return place.parts in index(place.archive).files if isinstance(place, Packed) else place.is_file()


def within(folder: Place) -> list[Place]:
    """What lies in a folder, by name: nothing, where it cannot be read."""
    if isinstance(folder, Packed):
        names = sorted(index(folder.archive).folders.get(folder.parts, ()))
        return [Packed(folder.archive, (*folder.parts, name)) for name in names]
    try:
        return [Path(entry.path) for entry in sorted(os.scandir(folder), key=lambda entry: entry.name)]
    except OSError:
        return []


def text_of(place: Place, most: int = 1 << 16) -> str:
    """The beginning of a text that a system wrote, in UTF-8; empty where it cannot be read."""
    try:
        if isinstance(place, Packed):
            found = index(place.archive)
            with found.archive.open(found.files[place.parts]) as stream:
                raw = stream.read(most)
        else:
            raw = read_beneath(place.parent, (place.name,), most)
    except Exception:  # zlib, struct and zipfile errors alike: the archive is damaged
        return ""
    return raw.decode("utf-8-sig", "replace").replace("\r\n", "\n")
