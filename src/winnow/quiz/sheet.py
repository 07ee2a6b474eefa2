"""The text of a file of answers: as TOML reads it, as people write it, or entry by entry where one is broken."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from winnow.quiz.signs import plain

MAX_SIZE = 1 << 16
MAX_DOTS = 200
"""In a line: what it takes to read a key with dots grows with their square."""
MAX_BITS = 400
"""Of a whole number, more than any answer needs. Python writes none of some 14 000 bits in decimal digits."""
MAX_ENTRIES = 400
"""More than the questions of a course; a file of more is read as TOML or not at all."""
MANY = 32
"""So many files are remembered as they were read."""

# Nothing is given back: the time stays linear in the line.
_LINE = re.compile(
    r"""[ \t]*+(?P<name>"[\w -]{1,100}+"|'[\w -]{1,100}+'|[^\W\d_](?:[ -]?\w){0,100}+)[ \t]*+[=:\uff1d][ \t]*+"""
    r"""(?P<value>(?:[^#"'\n]|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')*+)(?P<rest>(?:\#[^\n]*+)?\r?\n?)"""
)
_START = re.compile(r"""[ \t]*+(?:\[{1,2}[ \t]*+)?["']?([^\W\d_](?:[ -]?\w){0,100}+)["']?[ \t]*+([=:.\uff1d\]])""")
LONGEST_BARE = 200


class AnswersError(Exception):
    """A file of answers cannot be read at all; the message names the file, the line and what to do."""


@dataclass(frozen=True)
class Broken:
    """What stands in a line that gives no value."""

    text: str


@dataclass(frozen=True)
class SheetEntry:
    """One name of the file, as a question is called and as it is written, and its value or `Broken`. What has no name
    is called nothing."""

    name: str
    written: str
    line: int
    value: object


def called(written: str) -> str:
    """A name as a question is called: `MAE by-hand` is `mae_by_hand`."""
    return re.sub(r"[\s-]+", "_", plain(written).casefold().strip(" \"'"))


def text_of(content: bytes, shown: str) -> str:
    """The text of a file, with each line mended where that makes it TOML."""
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise AnswersError(f"{shown}, line {line}: this is not UTF-8 text; save the file as UTF-8") from None
    if len(text) > MAX_SIZE:
        raise AnswersError(f"{shown} is larger than a file of answers can be; write one line per question")
    for number, written in enumerate(lines_of(text), start=1):
        if written.count(".") > MAX_DOTS:
            raise AnswersError(
                f"{shown}, line {number}: {written.strip()[:60]!r} has more dots than an answer; mend this line"
            )
    return _mended(text)


def table(text: str, shown: str) -> dict[str, object]:
    """All values of a text that is TOML.

    Raises:
        AnswersError: it is none.
    """
    try:
        return dict(_loaded(text))
    except (ValueError, RecursionError) as error:
        place = re.search(r"line (\d+)", str(error))
        lines = lines_of(text)
        # An open bracket is noticed in some later line.
        line = _first_broken(lines) or (int(place[1]) if place else text.count("\n") + 1)
        found = lines[line - 1].strip()[:60] if line <= len(lines) else "the end of the file"
        raise AnswersError(
            f"{shown}, line {line}: {found!r} is not of the form NAME = ANSWER, where ANSWER is "
            'a number or a text in quotes, such as mae_by_hand = 0.625 or noise = "1b 2c 3a"; mend this line'
        ) from None


def entries(text: str, shown: str) -> tuple[SheetEntry, ...]:
    """The entries in order. Where the text is no TOML, each is read by itself, so that a broken one loses no other.

    Raises:
        AnswersError: none can be read.
    """
    try:
        places = _places(text)
        return tuple(
            SheetEntry(called(name), name, places.get(name, 0), value) for name, value in table(text, shown).items()
        )
    except AnswersError:
        found = _piecewise(text)
        if all(isinstance(entry.value, Broken) for entry in found):
            raise
        return found


def lines_of(text: str) -> list[str]:
    """The lines as TOML counts them: `splitlines` would also split at characters that a text may hold."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def is_toml(text: str) -> bool:
    try:
        tomllib.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


# One file may answer every quiz, and is read for each.
@lru_cache(maxsize=MANY)
def _mended(text: str) -> str:
    if is_toml(text):
        return text
    blocks = list(_blocks(lines_of(text)))
    mended = "".join(map(_mended_block, blocks)) if len(blocks) <= MAX_ENTRIES else text
    return mended if is_toml(mended) else text


def _mended_block(block: list[str]) -> str:
    """The lines of one entry as TOML, where they can be meant one way only; else as they are."""
    together = "".join(block)
    if is_toml(together):
        return together
    if len(block) > 1 and not _is_closed(block[0]):
        # A table that goes over several lines.
        mended = _mended_line(f"{' '.join(line.strip() for line in block)}\n")
        return mended + "\n" * (len(block) - 1) if is_toml(mended) else together
    return "".join((_mended_line(block[0]), *block[1:]))


def _mended_line(line: str) -> str:
    """`noise = b`, `mae_by_hand: 7/8`, `pick = "b",` and `both = "a", "b"` as TOML; any other line as it is."""
    found = _LINE.fullmatch(line)
    if found is None or is_toml(line):
        return line
    name, value, rest = found["name"], found["value"].strip(), found["rest"]
    name = json.dumps(called(name)) if " " in name or not name.isascii() else name
    values = [value.rstrip(" \t,;")] if value else ['""']
    if value[:1] in ('"', "'"):
        values.append(f"[{value}]")
    elif value and len(value) <= LONGEST_BARE and _is_closed(value):
        values.append(json.dumps(value, ensure_ascii=False))
    made = (f"{name} = {one} {rest}" if rest.startswith("#") else f"{name} = {one}{rest}" for one in values)
    return next(filter(is_toml, made), line)


def _is_closed(text: str) -> bool:
    return all(text.count(opening) == text.count(closing) for opening, closing in ("[]", "{}"))


def _blocks(lines: list[str]) -> Iterator[list[str]]:
    """The lines of each entry; first those before all, if there are any."""
    starts = _starts(lines)
    for first, end in zip([0, *starts], [*starts, len(lines)], strict=True):
        if first < end:
            yield lines[first:end]


@lru_cache(maxsize=MANY)
def _loaded(text: str) -> Mapping[str, object]:
    return {name: _writable(value) for name, value in tomllib.loads(text).items()}


def _writable(value: object) -> object:
    """The same value, in which a hexadecimal, octal or binary number too long to be written out is a text, which no
    question takes for a number: every sentence on it would raise."""
    if isinstance(value, list):
        return [_writable(item) for item in value]
    if isinstance(value, dict):
        return {name: _writable(item) for name, item in value.items()}
    return f"{value:#x}" if isinstance(value, int) and value.bit_length() > MAX_BITS else value


@lru_cache(maxsize=MANY)
def _piecewise(text: str) -> tuple[SheetEntry, ...]:
    """The entries, each read by itself; none where it cannot be said where each ends."""
    blocks = list(_blocks(lines_of(text)))
    if len(blocks) > MAX_ENTRIES:
        return ()
    found: list[SheetEntry] = []
    number = 1
    for block in blocks:
        name = _name_at(block[0])
        mended = _mended_block(block)
        alone = next((part for part in (mended, _mended_line(block[0])) if is_toml(part)), None)
        if alone is not None:
            found += [SheetEntry(called(name), name, number, value) for name, value in _loaded(alone).items()]
            found += _nameless(block[1:], number + 1) if alone is not mended else ()
        elif '"""' in mended or "'''" in mended:
            return ()
        elif name:
            found.append(SheetEntry(called(name), name, number, Broken(block[0].strip())))
        else:
            found += _nameless(block, number)
        number += len(block)
    return tuple(found)


def _starts(lines: list[str]) -> list[int]:
    """Where the entries begin. All that stands below a table's name is in the table, and `a.1` and `a.2` are one."""
    starts: list[int] = []
    in_table, dotted = False, ""
    for index, line in enumerate(lines):
        found = _START.match(line)
        header = line.lstrip(" \t").startswith("[")
        if found is None or (in_table and not header) or (found[2] == "." and found[1] == dotted):
            continue
        in_table, dotted = header, found[1] if found[2] == "." else ""
        starts.append(index)
    return starts


def _first_broken(lines: list[str]) -> int:
    """The number of the line where the first entry that is no TOML begins; 0 where each is some."""
    blocks = list(_blocks(lines))
    number = 1
    for block in blocks if len(blocks) <= MAX_ENTRIES else ():
        if not is_toml("".join(block)):
            return number
        number += len(block)
    return 0


def _nameless(lines: list[str], number: int) -> Iterator[SheetEntry]:
    for index, line in enumerate(lines, start=number):
        if line.strip() and not line.lstrip().startswith("#"):
            yield SheetEntry("", "", index, Broken(line.strip()))


def _places(text: str) -> dict[str, int]:
    """The number of the first line that gives each name a value."""
    places: dict[str, int] = {}
    for number, line in enumerate(lines_of(text), start=1):
        if written := _name_at(line):
            places.setdefault(written, number)
    return places


def _name_at(line: str) -> str:
    found = _START.match(line)
    return found[1] if found else ""
