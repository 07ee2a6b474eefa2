"""Code in files that are called as other kinds are: a notebook saved as `hw.json`, and Markdown whose fences are cells,
as Jupytext, MyST and Quarto write it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from .files import File, Files
from .model import Unreadable
from .names import names_in
from .room import of_bytes

MARKDOWN = (".md", ".markdown", ".qmd", ".rmd")
LOOKED_AT = 30
"""So many files are looked into."""
HEAD = 1 << 14
"""So many bytes of each."""

_ENDINGS = (*MARKDOWN, ".json", ".txt")
_CHUNKS = (".qmd", ".rmd")
_HEADER = re.compile(rb"---\s*\n(?:(?!---).*\n){0,100}?(?:jupyter|jupytext|kernelspec):")
_FENCE = re.compile(r" {0,3}(?P<marks>`{3,}+|~{3,}+)[ \t]*+(?P<about>[^`]*+)")
_PYTHON = re.compile(r"(?:\{ ?)?\.?(?:i?python3?\b|code-cell\}[ \t]*(?:i?python3?\b|$))", re.IGNORECASE)
# What Quarto, R Markdown and MyST run. Beside such cells, other fences show code.
_RUN = re.compile(r"\{ ?(?:i?python3?\b|code-cell\})", re.IGNORECASE)
# `{python, eval=FALSE}`, Jupytext's `python active="md"` and `.noeval`; in a cell `#| eval: false`.
_SHOWN = re.compile(r"\beval ?= ?F(?:ALSE)?\b|\bactive=\"(?:md|rmd)?\"|\.noeval\b", re.IGNORECASE)
_NOT_RUN = re.compile(r"#\| ?eval: *(?:false|no)\b", re.IGNORECASE)


def found(files: Files) -> tuple[frozenset[File], frozenset[File]]:
    """Those of some files that are notebooks under another name, and the documents that are to be run."""
    notebooks, documents = [], []
    named = ((file, file.name.lower()) for file in files.files)
    fitting = ((file, name) for file, name in named if name.endswith(_ENDINGS) or "." not in name)
    for file, name in islice(fitting, LOOKED_AT):
        try:
            files.room.take(of_bytes(HEAD), file.name)
            head = file.read(HEAD).removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
        except (Unreadable, OSError):
            continue
        if not name.endswith(MARKDOWN):
            if head.lstrip()[:1] == b"{" and b'"cell_type"' in head:
                notebooks.append(file)
        elif _HEADER.match(head) or (name.endswith(_CHUNKS) and b"```{python" in head):
            documents.append(file)
    return frozenset(notebooks), frozenset(documents)


@dataclass
class _Fence:
    """A cell of a document: its lines, and whether it is run, as far as it says so."""

    about: str
    lines: range
    is_run: bool = True


def as_script(text: str) -> str:
    """The code of a document, each cell below a mark as editors write it. Lines keep their numbers.

    A cell that is shown only, and defines what one that is run defines as well, is left out.
    """
    lines, fences = _opened(text.split("\n"))
    marked = any(_RUN.match(fence.about) for fence in fences)
    for fence in fences:
        body = lines[fence.lines.start : fence.lines.stop]
        options = takewhile(lambda line: not line or line.startswith("#|"), body)
        fence.is_run = not (_SHOWN.search(fence.about) or any(map(_NOT_RUN.match, options)))
        fence.is_run &= not marked or bool(_RUN.match(fence.about))
    shown = [fence for fence in fences if not fence.is_run]
    if shown:
        run = {name for fence in fences if fence.is_run for name in _names(lines, fence) if not _has_stub(lines, fence)}
        for fence in shown:
            if run.intersection(_names(lines, fence)):
                lines[fence.lines.start : fence.lines.stop] = [""] * len(fence.lines)
    return "\n".join(lines)


def _has_stub(lines: Sequence[str], fence: _Fence) -> bool:
    return any("NotImplementedError" in lines[number] for number in fence.lines)


def _names(lines: Sequence[str], fence: _Fence) -> Sequence[str]:
    return names_in("\n".join(lines[fence.lines.start : fence.lines.stop])).outer


def _opened(text: Sequence[str]) -> tuple[list[str], list[_Fence]]:
    """The lines of a document, of which only those of its Python cells are left, and these cells."""
    lines: list[str] = []
    fences: list[_Fence] = []
    closing, is_python, begins, options = "", False, False, False
    for line in text:
        fence = _FENCE.fullmatch(line)
        if fence and not closing:
            closing, is_python = fence["marks"], bool(_PYTHON.match(fence["about"]))
            begins, options = is_python, False
            lines.append("# %%" if is_python else "")
            if is_python:
                fences.append(_Fence(fence["about"], range(len(lines), len(text))))
        elif fence and fence["marks"].startswith(closing) and not fence["about"]:
            if is_python:
                fences[-1].lines = range(fences[-1].lines.start, len(lines))
            closing, is_python = "", False
            lines.append("")
        else:
            # MyST says below the fence what a cell is: `:tags: [hide-input]`, or YAML between two lines of `---`.
            is_rule = begins and line.rstrip() == "---"
            begins = begins and (options or is_rule or line.startswith(":"))
            lines.append(line if is_python and not begins else "")
            begins = begins and not (options and is_rule)
            options = options or is_rule
    return lines, fences
