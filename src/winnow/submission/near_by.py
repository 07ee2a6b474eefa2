"""What an answer finds beside it: files that it imports, runs or opens, of what was handed in and of what lies near."""

from __future__ import annotations

import functools
import re
from base64 import b64encode
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ..worker.finder import is_library
from .beside import beside, imported
from .files import File, Files
from .model import Cell, Source, Unreadable, megabytes
from .names import stem_of

DATA_FILES = 20
"""So many files an answer may open that are no code,"""
DATA_BYTES = 1 << 20
"""and so much of them together."""
TOLD = 3
"""So many are named that it cannot open."""
_LARGE = (
    f"is not beside the code when it is graded: it may open {DATA_FILES} files, of {megabytes(DATA_BYTES)} together"
)
_FILE_NAME = re.compile(r"[\w-]{1,80}+(?:\.\w{1,10}+)++")
# "my data (1).csv", with the folders before it
_QUOTED = re.compile(r"[\"'](?:[^\"'\n]{0,200}[/\\])?([^\"'\n/\\]{1,120}+)[\"']")


class NearBy:
    """The files that answers may import or open. Looked for once where one file answers several exercises.

    Args:
        texts: the code that was handed in, by its files.
        files: all that was handed in.
        near: what lies near it.
        code_near: the code of that.
        read: gives the text of one of `code_near`; None where it has none.
    """

    def __init__(
        self,
        texts: Mapping[File, Cell],
        files: Files,
        near: Files,
        code_near: Iterable[File],
        read: Callable[[File], Cell | None],
    ) -> None:
        self._texts = texts
        self._files = files
        self._code = (*texts, *code_near)
        self._read = read
        self._data: dict[str, list[File]] = defaultdict(list)
        for file in (*files.files, *(file for file in near.files if stem_of(file.name) is None)):
            if file not in texts:
                self._data[file.name].append(file)
        self._words = functools.cache(imported)
        self._names = functools.cache(lambda text: frozenset((*_FILE_NAME.findall(text), *_QUOTED.findall(text))))
        self._found = functools.cache(self._find)
        self._content = functools.cache(self._read_data)

    def added_to(self, source: Source) -> Source:
        """The same with the files that it may import or open."""
        own = (*source.cells, *source.elsewhere)
        found = self._found(own, source.path)
        here = source.path.rpartition("/")[0]
        notes = tuple(
            f"{cell.label} has the name of a library, which is imported in its place: give the file another name"
            for cell in found
            if cell.label.rpartition("/")[0] == here and is_library(cell.label)
        )
        notes += tuple(f"{path} {_LARGE}" for path in self._too_large(own, found))
        fallbacks = tuple(map(self.added_to, source.fallbacks))
        return replace(source, beside=found, notes=source.notes + notes, fallbacks=fallbacks)

    def _find(self, own: tuple[Cell, ...], path: str) -> tuple[Cell, ...]:
        code = beside(own, (file for file in self._code if file.path != path), self._text, self._words)
        # A notebook of the answer's own name cannot be imported by it.
        found = tuple(cell for cell in code if cell.label != path)
        return (*found, *self._opened((*own, *found)))

    def _text(self, file: File) -> Cell | None:
        return self._texts[file] if file in self._texts else self._read(file)

    def _opened(self, texts: tuple[Cell, ...]) -> Iterator[Cell]:
        """The files that some texts name and that are no code: `open("config.json")`."""
        left = DATA_BYTES
        for file in self._named(texts)[:DATA_FILES]:
            cell = self._content(file, left)
            if cell is not None:
                left -= file.size
                yield cell

    def _named(self, texts: Iterable[Cell]) -> list[File]:
        names = dict.fromkeys(name for text in texts for name in sorted(self._names(text.source) & self._data.keys()))
        return [file for name in names for file in self._data[name]]

    def _too_large(self, own: Sequence[Cell], found: Sequence[Cell]) -> list[str]:
        """Files that were handed in and that some texts name, and that are not among what was found."""
        there = {cell.label for cell in found}
        return [file.path for file in self._named((*own, *found))
                if file in self._files.files and "/".join(file.parts) not in there][:TOLD]  # fmt: skip

    def _read_data(self, file: File, limit: int) -> Cell | None:
        label = "/".join(file.parts)
        try:
            raw = self._files.read(file, limit)
            return (
                Cell(label, "", encoded=b64encode(raw).decode()) if b"\0" in raw else Cell(label, raw.decode("utf-8"))
            )
        except UnicodeDecodeError:
            return Cell(label, "", encoded=b64encode(raw).decode())
        except Unreadable:
            return None
