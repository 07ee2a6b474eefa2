"""Code that was copied out of a console: its prompts, what the interpreter says of itself, and what was printed."""

from __future__ import annotations

import re

_PROMPT = re.compile(r"(?:>>>|\.\.\.)(?: |$)")
_NUMBERED_PROMPT = re.compile(r"In \[\d{1,6}\]: ?|[ \t]{0,20}\.{3,9}: ?")
_BANNER = re.compile(r"I?Python \d+\.\d+|\[\w+ \d|Type ['\"]\w+['\"]")
_BLOCK = re.compile(r"@|(?:async|class|def|elif|else|except|finally|for|if|match|try|while|with)\b")
_SIMPLE = re.compile(
    r"#|(?:del|from|global|import|raise)\b"
    r"|(?!Out\[)[\w.]{1,80}+(?:\[[^\]]{0,80}\])?(?:, ?[\w.]{1,80}+){0,20} ?[-+*/@]?=(?!=)"
)
_TRIPLE = re.compile(r"\"\"\"|'''")


def banner(lines: list[str]) -> int:
    """How many lines at the top are what an interpreter says of itself, where its first prompt follows."""
    for number, line in enumerate(lines[:10]):
        if line.startswith((">>>", "In [1]")):
            return number
        if line.strip() and not _BANNER.match(line):
            break
    return 0


def without_prompts(lines: list[str]) -> list[str] | None:
    """The code of a session whose first line has a prompt, each line at its place; None where it has none.

    A line without a prompt is code where it looks like code, or stands below what opens a block, a bracket or a string,
    as IDLE writes it. All others were printed.
    """
    first = next((line for line in lines if line.strip()), "")
    if first.startswith(">>>"):
        prompt = _PROMPT
    elif first.startswith("In ["):
        prompt = _NUMBERED_PROMPT
    else:
        return None
    code: list[str] = []
    is_printed, in_block, is_open = False, False, False
    for line in lines:
        if found := prompt.match(line):
            line = line[found.end() :]
            is_printed, is_open = False, _is_open(line)
            in_block = line[:1].isspace() or _BLOCK.match(line) is not None
        elif line.strip() and not is_open:
            if line[0].isspace():
                is_printed = is_printed or not in_block
            else:
                in_block = bool(_BLOCK.match(line) or _SIMPLE.match(line))
                is_printed = not in_block
        code.append("" if is_printed else line)
    return code


def _is_open(line: str) -> bool:
    """Whether a bracket or a string goes on below a line."""
    return sum(map(line.count, "([{")) > sum(map(line.count, ")]}")) or len(_TRIPLE.findall(line)) % 2 == 1
