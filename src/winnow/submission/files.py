"""The files of one submission, from folders, files and zip archives, without unpacking anything to disk.

Everything here meets hostile input: links are not followed, nothing is written, and counts and sizes are
capped before memory is spent.
"""

from __future__ import annotations

import io
import os
import re
import stat
import zipfile
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

from .beneath import LinkError, folder_beneath, read_beneath
from .model import Gathered, Packed, Parts, Place, SubmissionsError, Unreadable, megabytes, shown
from .names import stem_of
from .places import index, name_of, within
from .room import Room, of_bytes, of_entries
from .zip_names import NO_FILE, names_in, refusal

ENTRIES = 5_000
REMARKS = 20
ARCHIVE_BYTES = 32 << 20
NESTED_ARCHIVES = 50
TOTAL_BYTES = 128 << 20
IN_THE_CLOUD = "stands for a file that is in iCloud only"
TOO_MANY = f"more than {ENTRIES} files: the rest were not looked at; hand in only your code"

_IGNORED = frozenset(("__macosx", "__pycache__", "node_modules", "venv", "site-packages", "thumbs.db", "desktop.ini"))
_TOOLS = re.compile(
    r"\.(?:_|~|ds_store|git|svn|hg|ipynb|virtual_documents|vscode|idea|settings|project|pydev|v?env|\w*cache|config"
    r"|local|jupyter|ipython|conda|hypothesis|coverage|tox|nox|trash|fseventsd|spotlight|directory|nfs|nbgrader|winnow"
    r"|python|editorconfig|pylint|flake8|pre-commit|github|ssh|bash|profile|keras|matplotlib|npm|r(?:data|history)\b)",
    re.IGNORECASE,
)
OTHER_ARCHIVES = (".rar", ".7z", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".alz")


@dataclass(frozen=True)
class File:
    """One file: its path within the submission and a way to read it that stops after `limit` bytes."""

    parts: tuple[str, ...]
    size: int
    read: Callable[[int], bytes]

    @property
    def name(self) -> str:
        return self.parts[-1]

    @property
    def path(self) -> str:
        return shown("/".join(self.parts), 300)


@dataclass
class Files:
    """The files of a submission, remarks, and what could not be opened at all (one sentence each).

    `tools`: folders that programs keep for themselves. `remaining`: how many bytes may still be read. `room`: how much
    work may still be done over them.
    """

    files: list[File] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    tools: dict[str, None] = field(default_factory=dict)
    remaining: int = TOTAL_BYTES
    room: Room = field(default_factory=Room)

    @cached_property
    def by_stem(self) -> dict[str, File]:
        """The first file of each name, without regard to case and to what follows a dot. Asked once all are listed."""
        found: dict[str, File] = {}
        for file in self.files:
            found.setdefault(file.name.casefold().partition(".")[0], file)
        return found

    def read(self, file: File, limit: int) -> bytes:
        """The bytes of `file`. Raises Unreadable when it has more than `limit`, or cannot be read."""
        name = shown(file.name)
        if file.size > limit:
            raise Unreadable(
                f"{name} is {megabytes(file.size)} large, more than {megabytes(limit)}: hand in the code only"
            )
        larger = f"{name} is larger than a hand-in may be: hand in the code only"
        if file.size > self.remaining:
            raise Unreadable(larger)
        self.room.take(of_bytes(file.size), name)
        try:
            raw = file.read(limit)
        except OSError as error:
            raise Unreadable(f"{name} cannot be read: {error.strerror or 'it is no ordinary file'}") from None
        self.remaining -= len(raw)
        if len(raw) > limit or self.remaining < 0:
            raise Unreadable(larger)
        return raw

    def pass_over(self, parts: Parts, is_folder: bool) -> None:
        """Remark on a name that is ignored, where it may be a learner's own: `.mae.py`. Others are kept in mind."""
        if is_folder and not hidden(parts[-1]) and len(self.tools) < REMARKS:
            self.tools[shown("/".join(parts))] = None
        if in_the_cloud(parts[-1]):
            self._note(f"{shown('/'.join(parts))} {IN_THE_CLOUD}: download it, and hand that in")
        elif hidden(parts[-1]) and (is_folder or stem_of(parts[-1]) is not None):
            self._note(f"{shown('/'.join(parts))} is hidden and was not read: give it a name without the dot in front")

    def _note(self, note: str) -> None:
        if len(self.notes) < REMARKS and note not in self.notes:
            self.notes.append(note)


def hidden(name: str) -> bool:
    """Whether a name is hidden, and none that systems and tools give."""
    return name.startswith(".") and _TOOLS.match(name) is None


def in_the_cloud(name: str) -> bool:
    """Whether a name is that of what macOS leaves of a file that is not on the disk."""
    return name.startswith(".") and name.endswith(".icloud")


def ignored(name: str) -> bool:
    """Whether a name is what systems and tools leave behind, never a hand-in."""
    # Word and Excel lay such a file beside each that is open.
    return name.startswith((".", "~$")) or name.lower() in _IGNORED


def contents(folder: Place) -> list[Place]:
    """What lies in a folder, without what systems and tools leave behind."""
    return [entry for entry in within(folder) if not ignored(name_of(entry))]


def list_files(handed_in: Place | Gathered, around: Path | None = None) -> Files:
    """All files of a submission, nearest to the top first. Never raises for what a learner did.

    The submission itself may not be a link either: beside others', it could lead to theirs.

    Args:
        around: a folder from which the path counts, where a file in it is all that was handed in.
    """
    found = Files()
    if isinstance(handed_in, Gathered):
        for parts, place in handed_in.pieces:
            if isinstance(place, Path) and place.is_symlink():
                # Where learners can write, as into nbgrader's exchange, it could lead to what they cannot read.
                found.notes.append(f"{shown(place.name)} is a link and was left out: hand in the file itself")
            else:
                _add(place, parts, found)
    else:
        below = handed_in.relative_to(around).parts if around is not None and isinstance(handed_in, Path) else ()
        _add(handed_in, below, found)
    _unpack(found)
    return found


def only_file(name: str, raw: bytes) -> Files:
    """A submission of one file that has been read."""
    found = Files([File((name,), len(raw), lambda limit: raw[: limit + 1])])
    _unpack(found)
    return found


def _unpack(found: Files) -> None:
    for _ in range(2):
        _open_archives(found)
    for file in found.files:
        if file.name.lower().endswith((".zip", *OTHER_ARCHIVES)):
            found.problems.append(f"{shown(file.name)} was not opened: hand in the files themselves, or one .zip")
    found.room.left -= of_entries(len(found.files))
    found.files.sort(key=lambda file: (len(file.parts), file.parts))


def _add(place: Place, parts: Parts, found: Files) -> None:
    """Add a file under the path `parts`, or its own name; or what is in a folder, below that path."""
    if isinstance(place, Packed):
        _add_packed(place, parts, found)
        return
    try:
        about = place.lstat()
        if stat.S_ISLNK(about.st_mode):
            raise LinkError
        if stat.S_ISDIR(about.st_mode):
            _walk(place, parts, found)
        else:
            read = partial(read_beneath, place.parent, (place.name,))
            found.files.append(File(parts or (place.name,), about.st_size, read))
    except OSError as error:
        found.problems.append(f"{shown(place.name)} cannot be read: {error.strerror}")


def _add_packed(place: Packed, parts: Parts, found: Files) -> None:
    try:
        indexed = index(place.archive)
    except SubmissionsError as error:
        found.problems.append(str(error))
        return
    found.notes += (f"{shown('/'.join(member[len(place.parts) :]))} {why}" for member, why in indexed.left(place.parts))
    seen = 0
    for member in indexed.below(place.parts):
        below = member[len(place.parts) :]
        at = next((at for at, part in enumerate(below, 1) if ignored(part)), None)
        if at is not None:
            found.pass_over((*parts, *below[:at]), is_folder=at < len(below))
            continue
        seen += 1
        if seen > ENTRIES:
            found.notes.append(TOO_MANY)
            return
        info = indexed.files[member]
        read = partial(_read_packed, place.archive, member)
        found.files.append(File((*parts, *below) or member[-1:], info.file_size, read))


def _read_packed(archive: Path, member: Parts, limit: int) -> bytes:
    indexed = index(archive)
    return _read_member(indexed.archive, indexed.files[member], archive.name, limit)


def _walk(top: Path, above: Parts, found: Files) -> None:
    folders: deque[Parts] = deque([()])
    seen = 0
    while folders:
        below = folders.popleft()
        try:
            with folder_beneath(top.parent, (top.name, *below)) as folder, os.scandir(folder) as entries:
                batch = [entry for entry, _ in zip(entries, range(ENTRIES + 1 - seen), strict=False)]
                seen += len(batch)
                for entry in sorted(batch, key=lambda entry: entry.name):
                    inner = (*below, entry.name)
                    if ignored(entry.name):
                        found.pass_over((*above, *inner), entry.is_dir(follow_symlinks=False))
                    elif _add_entry(top, entry, inner, above, found):
                        folders.append(inner)
        except OSError as error:
            found.notes.append(f"the folder {shown('/'.join((*above, *below)))} cannot be read: {error.strerror}")
        if seen > ENTRIES:
            found.notes.append(TOO_MANY)
            return


def _add_entry(top: Path, entry: os.DirEntry[str], below: Parts, above: Parts, found: Files) -> bool:
    """Add a file; whether the entry is a folder instead. Anything else is remarked on."""
    name = shown("/".join((*above, *below)))
    if entry.is_symlink():
        found.notes.append(f"{name} is a link and was left out: hand in the file itself")
    elif entry.is_dir(follow_symlinks=False):
        return True
    elif entry.is_file(follow_symlinks=False):
        with suppress(OSError):
            read = partial(read_beneath, top.parent, (top.name, *below))
            found.files.append(File((*above, *below), entry.stat(follow_symlinks=False).st_size, read))
    else:
        found.notes.append(f"{name} {NO_FILE}")
    return False


def _open_archives(found: Files) -> None:
    """Replace each zip archive by the files in it.

    An archive that is all there is does not count as depth, nor does one folder that encloses everything in
    it: packers do that.
    """
    archives = [file for file in found.files if file.name.lower().endswith(".zip")]
    for file in archives[:NESTED_ARCHIVES]:
        if len(found.files) > ENTRIES:
            found.notes.append(TOO_MANY)
            return
        found.files.remove(file)
        above = () if not found.files and len(file.parts) == 1 else file.parts
        told = len(found.notes), len(found.tools)
        try:
            raw = found.read(file, ARCHIVE_BYTES)
            members = list(_members(raw, shown(file.name), found))
        except Unreadable as problem:
            found.problems.append(str(problem))
            continue
        if not members and (len(found.notes), len(found.tools)) == told:
            found.notes.append(f"{shown(file.name)} holds no files: pack it again and hand it in again")
        tops = {member.parts[0] for member in members if len(member.parts) > 1}
        strip = 1 if not above and len(tops) == 1 and all(len(member.parts) > 1 for member in members) else 0
        found.files += [File((*above, *member.parts[strip:]), member.size, member.read) for member in members]


def _members(raw: bytes, name: str, found: Files) -> Iterator[File]:
    # Every entry of the table of contents starts with these bytes: their count bounds what zipfile allocates.
    entries = raw.count(b"PK\x01\x02")
    found.room.take(of_entries(entries), name)
    if entries > ENTRIES:
        raise Unreadable(f"{name} holds more than {ENTRIES} files: hand in only your code")
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
    except Exception:  # zipfile raises a dozen kinds of exception for damaged tables
        ask = "is empty" if not raw else "is not a zip archive, or was cut short"
        raise Unreadable(f"{name} {ask}: pack it again and hand it in again") from None
    latest: dict[tuple[str, ...], zipfile.ZipInfo] = {}
    for member, info in names_in(archive):
        parts = tuple(part for part in member.replace("\\", "/").split("/") if part not in ("", "."))
        if not parts or info.is_dir():
            continue
        at = next((at for at, part in enumerate(parts, 1) if part != ".." and ignored(part)), None)
        if at is not None:
            found.pass_over(parts[:at], is_folder=at < len(parts))
        elif why := refusal(parts, info):
            found.notes.append(f"{name}: {shown('/'.join(parts))} {why}")
        else:
            latest[parts] = info
    for parts, info in latest.items():
        yield File(parts, info.file_size, partial(_read_member, archive, info, name))


def _read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, limit: int) -> bytes:
    if info.flag_bits & 1:
        raise Unreadable(f"{name} is protected by a password: pack it without one")
    # Only these two decompress piece by piece; zipfile would unpack bzip2 and LZMA bombs as a whole.
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Unreadable(f"{name} is packed by an unusual method: pack it as an ordinary .zip")
    try:
        with archive.open(info) as stream:
            return stream.read(limit + 1)
    except Exception:  # zlib, struct and zipfile errors alike: the archive is damaged
        raise Unreadable(f"{shown(info.filename)} in {name} is damaged: pack it again and hand it in again") from None
