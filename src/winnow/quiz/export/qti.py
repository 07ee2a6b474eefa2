"""QTI 1.2 as Canvas reads it, by way of text2qti, whose Markdown is near to ours."""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from winnow.quiz.export.parts import Option, Part
from winnow.quiz.question import QuizError


def write(title: str, parts: Iterable[Part]) -> bytes:
    """The zip file.

    Raises:
        QuizError: text2qti is not installed, or refuses the quiz.
    """
    try:
        from text2qti.config import Config
        from text2qti.err import Text2qtiError
        from text2qti.qti import QTI
        from text2qti.quiz import Quiz
    except ImportError:
        raise QuizError("export to QTI needs text2qti: install it with `pip install text2qti`") from None
    with tempfile.TemporaryDirectory() as folder:
        text = "\n".join([f"Quiz title: {title}", "Shuffle answers: true", "", *_questions(parts, Path(folder))])
        try:
            stream = io.BytesIO()
            QTI(Quiz(text, config=Config())).write(stream)
        except Text2qtiError as error:
            raise QuizError(f"text2qti refuses this quiz: {error}") from None
    return stream.getvalue()


def _questions(parts: Iterable[Part], folder: Path) -> Iterable[str]:
    number = 0
    for whole in parts:
        for part in whole.split():
            number += 1
            yield f"Title: {part.name}"
            # text2qti counts in halves.
            yield f"Points: {max(0.5, round(part.points * 2) / 2):g}"
            yield _block(f"{number}.", part.text + _image(part, folder))
            yield from _answers(part)
            yield ""


def _image(part: Part, folder: Path) -> str:
    if part.image is None:
        return ""
    # A copy, for the way to the course may have characters that end a Markdown address.
    copy = shutil.copy(part.image, folder / part.image.name)
    return f"\n\n![{part.image_alt}]({Path(copy).as_posix()})"


def _answers(part: Part) -> Iterable[str]:
    right = next(option for option in part.options if option.right)
    if part.kind == "numeric":
        yield _block("+", part.why)
        low, high = float(right.text) - part.tolerance, float(right.text) + part.tolerance
        yield f"= {right.text}" if low == high and low.is_integer() else f"= [{low!r}, {high!r}]"
    elif part.kind == "text":
        yield _block("+", part.why)
        yield from (f"* {option.text}" for option in part.options if option.right)
    else:
        for label, option in zip("abcdefghijklmnop", part.options, strict=False):
            yield _block(_mark(part, option, label), option.text)
            yield _block("...", option.why)


def _mark(part: Part, option: Option, label: str) -> str:
    if part.kind == "multiple":
        return "[*]" if option.right else "[ ]"
    return f"*{label})" if option.right else f"{label})"


def _block(mark: str, text: str) -> str:
    """A marked text whose further lines are indented as far as its first, as text2qti wants it."""
    indent = " " * (len(mark) + 1)
    return f"{mark} " + "\n".join(f"{indent}{line}" if line else "" for line in text.split("\n")).lstrip()
