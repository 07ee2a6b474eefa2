"""Cell magics: which of them leave a cell Python, and what nbconvert and VS Code write in their place in a .py file.

There a cell below `%%time` is a string: `get_ipython().run_cell_magic('time', '', 'x = 1\\n')`. Such files are read by
`statements`, in a worker, and notebooks by `winnow.submission.magics`, which asks here: a worker imports nothing else.
"""

from __future__ import annotations

import ast
import keyword
import re
from collections.abc import Sequence

_SHELLS = {"!", "bash", "sh", "shell", "script", "cmd", "powershell", "pwsh", "system", "sx", "perl", "ruby"}
_PROCESSES = {"python", "python2", "python3", "pypy", "cython"}
_PAGES = {"html", "HTML", "css", "javascript", "js", "latex", "markdown", "mermaid", "svg"}
_LANGUAGES = {"sql", "bigquery", "R", "julia", "cpp", "cu", "cuda"}
_FILES = {"writefile", "file"}
# A magic that courses write in their notebooks: the cell is not run.
_NOT_RUN = {"skip"}
_WORDS = re.compile(r"\"[^\"]*\"|'[^']*'|\S+")


def holds_python(name: str, line: str) -> bool:
    """Whether the body of a cell magic is code of this notebook; also where it is written into a .py file.

    Args:
        line: what follows the name.
    """
    if name in _FILES:
        # `%%writefile $name` may write anything.
        return _target(line).endswith(".py") or _target(line).startswith(("$", "{"))
    return name not in _SHELLS | _PROCESSES | _PAGES | _LANGUAGES | _NOT_RUN


def stand_in(name: str, line: str) -> str:
    """What stands for a cell magic whose cell is run, as a statement: where it writes a module, that who imports the
    module gets what the notebook has; where it keeps what is printed, the name for it; else nothing."""
    if name == "capture":
        kept = (line.split() or [""])[-1]
        return f"{kept} = get_ipython()" if kept.isidentifier() and not keyword.iskeyword(kept) else ""
    return f"get_ipython().wrote({_target(line)!r})" if name in _FILES else ""


def _target(line: str) -> str:
    """The path that a line of `%%writefile` names: `-a "lib/losses.py"`."""
    paths = [word for word in _WORDS.findall(line) if not word.startswith("-")]
    return paths[-1].strip("\"'").replace("\\", "/") if paths else ""


def opened(body: Sequence[ast.stmt]) -> list[ast.stmt]:
    """The statements of a file, with those of exported cells in place of the strings that they are in."""
    return [inner for node in body for inner in _cell(node)]


def _cell(node: ast.stmt) -> list[ast.stmt]:
    match node:
        case ast.Expr(
            value=ast.Call(
                func=ast.Attribute(value=ast.Call(func=ast.Name(id="get_ipython")), attr="run_cell_magic"),
                args=[ast.Constant(value=str(name)), ast.Constant(value=str(line)), ast.Constant(value=str(cell))],
            )
        ) if holds_python(name, line):
            try:
                inside = ast.parse(f"{stand_in(name, line)}\n{cell}")
            except (SyntaxError, ValueError):
                return [node]
            # All of it stands in one line of the file.
            for inner in ast.walk(inside):
                if hasattr(inner, "lineno"):
                    ast.copy_location(inner, node)
            return opened(inside.body)
    return [node]
