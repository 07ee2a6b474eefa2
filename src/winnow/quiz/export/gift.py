"""GIFT, Moodle's text format. An image travels inside the text, as a data address, for GIFT has no files."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from html import escape

from winnow.quiz.export.html import html
from winnow.quiz.export.moodle import fractions
from winnow.quiz.export.parts import Part


def write(title: str, parts: Iterable[Part]) -> bytes:
    """The file, with one category that is named after the quiz."""
    blocks = [f"$CATEGORY: $course$/{title.replace('/', '//')}", *map(_question, parts)]
    return ("\n\n".join(blocks) + "\n").encode()


def _question(part: Part) -> str:
    body = html(part.text)
    if part.image:
        data = base64.b64encode(part.image.read_bytes()).decode("ascii")
        body += f'<p><img src="data:image/png;base64,{data}" alt="{escape(part.image_alt)}"></p>'
    lines = [f"::{escaped(part.name)}::[html]{escaped(body)}{{" + ("#" if part.kind == "numeric" else "")]
    if part.kind == "matching":
        lines += [f"={escaped(html(left, inline=True))} -> {escaped(right)}" for left, right in part.pairs]
        lines += [f"= -> {escaped(other)}" for other in part.others]
    else:
        for option, fraction in zip(part.options, fractions(part), strict=True):
            why = escaped(html(option.why, inline=True))
            lines.append(f"{_sign(part, fraction)}{_answer(part, option.text)}#{why}")
    lines.append(f"####{escaped(html(part.why, inline=True))}")
    lines.append("}")
    return "\n".join(lines)


def _sign(part: Part, fraction: float) -> str:
    if fraction == 100:
        return "="
    if part.kind in ("numeric", "text"):
        return "=%0%"
    return "~" if part.kind == "single" else f"~%{fraction:.5f}%"


def _answer(part: Part, text: str) -> str:
    if part.kind == "numeric":
        return f"{text}:{part.tolerance:g}"
    if part.kind == "text":
        return escaped(text.replace("*", r"\*"))
    return escaped(html(text, inline=True))


def escaped(text: str) -> str:
    """A text with GIFT's control characters escaped, and on one line, for an empty line would end the
    question."""
    return re.sub(r"([\\~=#{}:])", r"\\\1", text).replace("\n", r"\n")
