"""Where the formulas of a Markdown text are: `$x$` or `$$x$$`. In code a `$` is a dollar, as in R's `df$key`."""

from __future__ import annotations

import re
from collections.abc import Callable

_CODE_OR_FORMULA = re.compile(
    r"(?<!`)(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)"
    r"|(?<!\\)\$\$(?P<display>.+?)\$\$|(?<!\\)\$(?P<inline>[^$\n]+)\$",
    re.DOTALL,
)


def replaced(markdown: str, shown: Callable[[str, bool], str]) -> str:
    """The text with each formula as `shown(source, display)` gives it, where `display` says that it has a line of its
    own."""

    def one(match: re.Match[str]) -> str:
        if match["ticks"]:
            return match[0]
        return shown(match["display"] or match["inline"], match["display"] is not None)

    return _CODE_OR_FORMULA.sub(one, markdown)
