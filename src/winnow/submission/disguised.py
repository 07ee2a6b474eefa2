"""Code in files that are called as other kinds are: a notebook saved as `hw.json`, and Markdown whose fences are cells,
as Jupytext, MyST and Quarto write it."""

from __future__ import annotations

import re
from itertools import islice

from .files import File, Files
from .model import Unreadable
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


def as_script(text: str) -> str:
    """The code of a document, each cell below a mark as editors write it. Lines keep their numbers."""
    lines: list[str] = []
    closing, is_python, begins, options = "", False, False, False
    for line in text.split("\n"):
        fence = _FENCE.fullmatch(line)
        if fence and not closing:
            closing, is_python = fence["marks"], bool(_PYTHON.match(fence["about"]))
            begins, options = is_python, False
            lines.append("# %%" if is_python else "")
        elif fence and fence["marks"].startswith(closing) and not fence["about"]:
            closing, is_python = "", False
            lines.append("")
        else:
            # MyST says below the fence what a cell is: `:tags: [hide-input]`, or YAML between two lines of `---`.
            is_rule = begins and line.rstrip() == "---"
            begins = begins and (options or is_rule or line.startswith(":"))
            lines.append(line if is_python and not begins else "")
            begins = begins and not (options and is_rule)
            options = options or is_rule
    return "\n".join(lines)
