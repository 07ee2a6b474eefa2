"""What Jupyter adds to Python, taken out of a cell as text: magics, shell lines, help and pasted prompts.

Nothing is run and no line moves. A small scanner knows strings, comments, brackets and continued lines, so
that `%` and `!` inside them stay: `x = (a\\n % b)` is arithmetic. The rules are those of IPython's input
transformer, with these decisions:

- a line magic, shell or help line is emptied (`pass` where a block needs a statement); `x = !ls` becomes
  `x = []`, `x = %timeit -o f()` an object that does nothing and `x = %pwd` `x = None`; `%time` keeps its statement,
  because it runs it in the notebook;
- `%run NAME.py` becomes what IPython makes of it, and nbconvert writes: a call that runs a file which was handed in;
  `%pylab` becomes an import of what it makes known;
- a cell magic is emptied and the body stays, unless its body is known to be another language, another process
  or a file; `%%writefile NAME.py` holds the code as the text of a file, so its body stays too, and whoever imports NAME
  gets what the notebook has. Jupyter wants it in the first line; below a comment, another magic or code it means the
  same here, so that no function below is lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..worker.cell_magics import holds_python, stand_in
from ..worker.statements import cells
from .consoles import banner, without_prompts

_INSTALLERS = re.compile(r"[%!]+\s*(?:\S*python\S* -m )?(?:pip3?|conda|mamba|apt|apt-get|uv)\b")
_RUN = re.compile(r"[ \t]*+%run[ \t]++(\S.*+)(?<!\\)")
_PYLAB = re.compile(r"%pylab\b.*")
# Without one of these there is nothing to take out; most cells are done with here.
_SUSPICIOUS = re.compile(r"[%!?]|^[ \t\f]*[,;/]", re.MULTILINE)
# A line that is no magic, opens nothing and goes on nowhere.
_PLAIN = re.compile(r"[^%!?,;/\"'#()\[\]{}\\=]*+")
_HELP = re.compile(r"%{0,2}[\w*.\[\]-]+\?{1,2}")
_ASSIGNED = re.compile(r"[ \t]*(?:!|%(?=[^\W\d]))")
_SPECIAL = re.compile(r"\"\"\"|'''|[\"'#()\[\]{}\\=]")
_ENDS = {delimiter: re.compile(rf"\\.|{delimiter}") for delimiter in ('"', "'", '"""', "'''")}


@dataclass(frozen=True)
class Neutral:
    """A cell as plain Python; `dropped` are the lines that would have done something: (line number, text)."""

    source: str
    dropped: tuple[tuple[int, str], ...] = ()


@dataclass
class _State:
    """Where the scanner is: in which string, how deep in brackets, below a line that ends in a backslash; and
    where the comment of the last line began (None without one)."""

    string: str = ""
    depth: int = 0
    continued: bool = False
    comment: int | None = None

    @property
    def at_statement(self) -> bool:
        return not (self.string or self.depth or self.continued)


def may_hold_magics(source: str) -> bool:
    """Whether a text has to be looked through line by line."""
    return _SUSPICIOUS.search(source) is not None


def neutralise(source: str) -> Neutral:
    """The Python of one notebook cell, with as many lines as the cell has."""
    lines = _unindented(source).split("\n")
    if not may_hold_magics(source):
        return Neutral("\n".join(lines))
    dropped: list[tuple[int, str]] = []
    state, number = _State(), 0
    while number < len(lines):
        if not lines[number]:
            state.continued = False
            state.string = state.string if len(state.string) == 3 else ""
            number += 1
            continue
        if state.at_statement and _PLAIN.fullmatch(lines[number]):
            number += 1
            continue
        if state.at_statement and lines[number].startswith("%%"):
            name, _, rest = lines[number][2:].strip().partition(" ")
            if not holds_python(name, rest):
                dropped.append((number + 1, lines[number][:200]))
                if all(_is_comment(line) for line in lines[:number]):
                    return Neutral("\n" * (len(lines) - 1), tuple(dropped))
            lines[number] = stand_in(name, rest)
            number += bool(lines[number])
            continue
        if state.at_statement:
            line = _without_time(lines[number])
            stripped = line.lstrip(" \t\f")
            if stripped[:1] in ("%", "!", "?") or _is_autocall(stripped):
                number = _drop(lines, number, dropped)
                continue
            lines[number] = line
        assigned = _scan(lines[number], state)
        if assigned is not None:
            head, tail = lines[number][:assigned], lines[number][assigned:].lstrip()
            number = _assign(lines, number, head, tail, state, dropped)
            continue
        if state.at_statement and _is_help(lines[number][: state.comment]):
            lines[number] = _nothing(lines[number])
        number += 1
    return Neutral("\n".join(lines), tuple(dropped))


def neutralise_script(source: str) -> Neutral:
    """The same for a file in .py, as notebooks and editors export them: a `%%` line begins a cell behind its mark."""
    if not may_hold_magics(source) and _unindented(source) == source:
        return Neutral(source)
    parts: list[str] = []
    dropped: list[tuple[int, str]] = []
    for before, cell in cells(source):
        mark, _, body = cell.partition("\n") if before else ("", "", cell)
        neutral = neutralise(body)
        parts.append(f"{mark}\n{neutral.source}" if before else neutral.source)
        dropped += [(before + bool(before) + line, text) for line, text in neutral.dropped]
    return Neutral("".join(parts), tuple(dropped))


def _unindented(source: str) -> str:
    lines = source.split("\n")
    said = banner(lines)
    lines[:said] = [""] * said
    full = [line for line in lines[:200] if line.strip()]
    if not full:
        return source
    code = without_prompts(lines)
    if code is not None:
        return "\n".join(code)
    # As IPython does: of the first line, and of those that have it.
    indent = full[0][: len(full[0]) - len(full[0].lstrip(" \t"))]
    return "\n".join(line.removeprefix(indent) for line in lines) if indent else source


def _is_comment(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def _nothing(line: str) -> str:
    """What does nothing in place of `line`: empty at the margin, where `from __future__` may follow."""
    indent = line[: len(line) - len(line.lstrip(" \t\f"))]
    return indent + "pass" if indent else ""


def _is_autocall(stripped: str) -> bool:
    return stripped[:1] in (",", ";", "/") and stripped[1:2].isalpha()


def _without_time(line: str) -> str:
    found = re.match(r"([ \t]*)%time[ \t]+(?=\S)", line)
    return found[1] + line[found.end() :] if found else line


def _drop(lines: list[str], number: int, dropped: list[tuple[int, str]]) -> int:
    run = _RUN.fullmatch(lines[number])
    if run:
        indent = lines[number][: len(lines[number]) - len(lines[number].lstrip())]
        lines[number] = f"{indent}get_ipython().run_line_magic('run', {run[1].rstrip()!r})"
        return number + 1
    if _PYLAB.fullmatch(lines[number]):
        lines[number] = "import numpy as np; from pylab import *"
        return number + 1
    text = lines[number].strip()[:200]
    if text.startswith(("!", "%load ")) and not _INSTALLERS.match(text):
        dropped.append((number + 1, text))
    goes_on = lines[number].endswith("\\")
    lines[number] = _nothing(lines[number])
    return _drop_continuation(lines, number + 1) if goes_on else number + 1


def _drop_continuation(lines: list[str], number: int) -> int:
    while number < len(lines):
        goes_on = lines[number].endswith("\\")
        lines[number] = ""
        number += 1
        if not goes_on:
            break
    return number


def _assign(lines: list[str], number: int, head: str, tail: str, state: _State, dropped: list[tuple[int, str]]) -> int:
    """`x = !ls` and `x = %magic`; the scanner has stopped behind the equals sign."""
    timed = re.match(r"%time[ \t]+(?=\S)", tail)
    if timed:
        lines[number] = f"{head} {tail[timed.end() :]}"
        # Only the first `= %time` of a line counts: a line full of them would cost quadratic time.
        _scan(lines[number], state, len(head), look=False)
        return number + 1
    goes_on = tail.endswith("\\")
    if tail.startswith("!"):
        dropped.append((number + 1, lines[number].strip()[:200]))
    instead = "[]" if tail.startswith("!") else "get_ipython()" if tail.startswith("%timeit") else "None"
    lines[number] = f"{head} {instead}"
    state.string, state.depth, state.continued = "", 0, False
    return _drop_continuation(lines, number + 1) if goes_on else number + 1


def _is_help(line: str) -> bool:
    # IPython looks for the name at the end of the line, so `x = obj?` and `mae?` are help alike.
    return line.rstrip().endswith("?") and bool(_HELP.fullmatch(line.split()[-1]))


def _scan(line: str, state: _State, position: int = 0, look: bool = True) -> int | None:
    """Move `state` over one line. Returns the position behind `=` when a magic or a shell command follows it
    (unless not to `look`)."""
    state.continued, state.comment = False, None
    while True:
        if state.string:
            found = _ENDS[state.string].search(line, position)
            while found and found[0].startswith("\\"):
                found = _ENDS[state.string].search(line, found.end())
            if not found:
                # Such a string goes on only below a backslash; otherwise Python itself will complain.
                if len(state.string) == 1 and not _odd_backslashes(line):
                    state.string = ""
                return None
            position, state.string = found.end(), ""
            continue
        found = _SPECIAL.search(line, position)
        if not found:
            return None
        token, position = found[0], found.end()
        if token == "#":
            state.comment = found.start()
            return None
        if token in _ENDS:
            state.string = token
        elif token in "([{":
            state.depth += 1
        elif token in ")]}":
            state.depth = max(0, state.depth - 1)
        elif token == "\\":
            state.continued = position == len(line)
        elif look and state.depth == 0 and _ASSIGNED.match(line, position):
            return position


def _odd_backslashes(line: str) -> bool:
    return (len(line) - len(line.rstrip("\\"))) % 2 == 1
