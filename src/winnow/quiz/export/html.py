"""Markdown with formulas, as HTML for Moodle: `$x$` becomes `\\(x\\)`, which its MathJax filter shows."""

from __future__ import annotations

import re
from html import escape

from markdown_it import MarkdownIt

from winnow.quiz import latex

_MARK = "\ue000{}\ue001"
_MARKED = re.compile("\ue000(\\d+)\ue001")
_MARKDOWN = MarkdownIt("commonmark")


def html(markdown: str, *, inline: bool = False) -> str:
    """The HTML of a text. Formulas are taken out first, so that Markdown does not read `_` and `*` in
    them."""
    kept: list[str] = []

    def keep(source: str, display: bool) -> str:
        kept.append(rf"\[{source}\]" if display else rf"\({source}\)")
        return _MARK.format(len(kept) - 1)

    text = latex.replaced(markdown, keep)
    rendered = _MARKDOWN.renderInline(text) if inline else _MARKDOWN.render(text)
    return _MARKED.sub(lambda match: escape(kept[int(match[1])], quote=False), rendered).strip()
