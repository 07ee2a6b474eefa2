"""Why a text is no Python, where the text shows it: a merge conflict, a prompt, the syntax of a later Python."""

from __future__ import annotations

import re
import sys

_CONFLICT = re.compile(r"^(<{7}|>{7})(?: .*)?$", re.MULTILINE)
_FOREIGN = (
    (re.compile(r"\s*(?:>>> |In ?\[\d+\]:)"), "this is the prompt of a console, and no part of the code: take it out"),
    (re.compile(r"\s*(?:```|~~~)"), "this is Markdown around the code: take it out"),
    (re.compile(r"diff --git |@@ -\d|(?:---|\+\+\+) \S"), "this is a comparison of two files: hand in the file itself"),
    (re.compile(r"\s*https?://\S+\s*$"), "this is a link: hand in the file that it leads to"),
)
_STRANGE = re.compile(r"invalid (?:non-printable )?character")
_NUMBERED = re.compile(r"[ \t]*(\d{1,4})(?:[.:|]?[ \t]|[.:|]?$)")
_LATER = (
    (re.compile(r"\s*(?:async\s+)?(?:def|class)\s+\w+\s*\["), (3, 12)),
    (re.compile(r"\s*type\s+\w+\s*(?:\[.*\]\s*)?="), (3, 12)),
    (re.compile(r"(?:.*[^\w])?[tT][rR]?[\"']"), (3, 14)),
    (re.compile(r"\s*except\s+[\w.]+\s*,\s*[\w.]+\s*(?:,\s*[\w.]+\s*)*:"), (3, 14)),
)
"""How a line begins, and since when it is Python."""
_F_STRINGS = (3, 12)
"""Since when the braces of an f-string hold any expression."""
# Its own quotes within the braces of an f-string: `f"{", ".join(names)}"`.
_REUSED = re.compile(r".*?(?<!\w)(?:[fF][rR]?|[rR][fF])([\"'])(?:[^\"'{}]|\{[^\"'{}]*+\})*+\{[^\"'}]*+\1")
_LONGEST = 1000


def cause(text: str, line: int, said: str) -> str:
    """One clause on why Python refused `line` of `text`; empty where nothing is known beside what it `said`."""
    if conflict := _CONFLICT.search(text):
        where = text.count("\n", 0, conflict.start()) + 1
        return f"line {where} is the mark of a merge conflict: keep one of the two versions, and take the marks out"
    lines = text.split("\n")
    written = lines[line - 1][:_LONGEST] if 0 < line <= len(lines) else ""
    for form, why in _FOREIGN:
        if form.match(written):
            return why
    if _STRANGE.match(said):
        return "it was pasted, or typed with another keyboard: delete it, and type what is meant there"
    if _is_numbered(lines, line):
        return "this is the number of a line, pasted with the code: take out all of them"
    above, fence, _ = text.partition("\n```")
    begins = above.count("\n") + 2
    if fence and line < begins and '"""' not in above and "'''" not in above:
        return f"line {begins} is Markdown around the code: take out all that is no code"
    for form, since in _LATER:
        if sys.version_info < since and form.match(written):
            return f"this is written for Python {_shown(since)}, and {_runs()}"
    if sys.version_info < _F_STRINGS and (said.startswith("f-string") or _REUSED.match(written)):
        return f"some f-strings are Python since {_shown(_F_STRINGS)} only, and {_runs()}"
    return ""


def _is_numbered(lines: list[str], line: int) -> bool:
    """Whether this line and the next begin with their numbers, as a page shows code."""
    found = [_NUMBERED.match(one[:_LONGEST]) for one in lines[max(0, line - 1) : line + 1]]
    numbers = [int(one[1]) for one in found if one]
    return len(numbers) == 2 and numbers[1] == numbers[0] + 1


def _runs() -> str:
    return f"the grader runs Python {_shown(sys.version_info[:2])}"


def _shown(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))
