"""Markdown with formulas, as HTML for Moodle: `$x$` becomes `\\(x\\)`, which its MathJax filter shows."""

from __future__ import annotations

import re
from html import escape

from markdown_it import MarkdownIt

_MATH = re.compile(r"(?<!\\)\$\$(.+?)\$\$|(?<!\\)\$([^$\n]+)\$", re.DOTALL)
_MARK = "\ue000{}\ue001"
_MARKED = re.compile("\ue000(\\d+)\ue001")
_MARKDOWN = MarkdownIt("commonmark")


def html(markdown: str, *, inline: bool = False) -> str:
    """The HTML of a text. Formulas are taken out first, so that Markdown does not read `_` and `*` in
    them."""
    formulas: list[str] = []

    def keep(match: re.Match[str]) -> str:
        formulas.append(rf"\[{match[1]}\]" if match[1] else rf"\({match[2]}\)")
        return _MARK.format(len(formulas) - 1)

    text = _MATH.sub(keep, markdown)
    rendered = _MARKDOWN.renderInline(text) if inline else _MARKDOWN.render(text)
    return _MARKED.sub(lambda match: escape(formulas[int(match[1])], quote=False), rendered).strip()
