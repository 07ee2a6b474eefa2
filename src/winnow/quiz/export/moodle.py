"""Moodle XML: question types multichoice, matching, numerical and shortanswer, with feedback per answer."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from html import escape
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from winnow.quiz.export.html import html
from winnow.quiz.export.parts import Part

TYPES = {
    "single": "multichoice", "multiple": "multichoice", "matching": "matching", "numeric": "numerical",
    "text": "shortanswer",
}  # fmt: skip


def write(title: str, parts: Iterable[Part]) -> bytes:
    """The file, with one category that is named after the quiz."""
    quiz = Element("quiz")
    category = SubElement(SubElement(quiz, "question", type="category"), "category")
    _text(category, f"$course$/{title.replace('/', '//')}")
    for part in parts:
        _question(quiz, part)
    ElementTree.indent(quiz)
    text: str = ElementTree.tostring(quiz, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _question(quiz: Element, part: Part) -> None:
    question = SubElement(quiz, "question", type=TYPES[part.kind])
    _text(SubElement(question, "name"), part.name)
    body = html(part.text)
    stem = SubElement(question, "questiontext", format="html")
    if part.image:
        body += f'<p><img src="@@PLUGINFILE@@/{part.image.name}" alt="{escape(part.image_alt)}"></p>'
    _text(stem, body)
    if part.image:
        file = SubElement(stem, "file", name=part.image.name, path="/", encoding="base64")
        file.text = base64.b64encode(part.image.read_bytes()).decode("ascii")
    _feedback(question, "generalfeedback", part.why)
    SubElement(question, "defaultgrade").text = f"{part.points:g}"
    SubElement(question, "penalty").text = "0"
    if part.kind in ("single", "multiple"):
        SubElement(question, "single").text = "true" if part.kind == "single" else "false"
        SubElement(question, "shuffleanswers").text = "true"
        SubElement(question, "answernumbering").text = "abc"
    if part.kind == "matching":
        _pairs(question, part)
        return
    if part.kind == "text":
        SubElement(question, "usecase").text = "0"
    for option, fraction in zip(part.options, fractions(part), strict=True):
        answer = SubElement(question, "answer", fraction=f"{fraction:.7g}")
        if part.kind in ("single", "multiple"):
            answer.set("format", "html")
            _text(answer, html(option.text, inline=True))
        else:
            # An asterisk is Moodle's wildcard.
            _text(answer, option.text.replace("*", r"\*") if part.kind == "text" else option.text)
        _feedback(answer, "feedback", option.why)
        if part.kind == "numeric":
            SubElement(answer, "tolerance").text = f"{part.tolerance:g}"


def fractions(part: Part) -> list[float]:
    """What each option earns, in per cent: of several right ones each its share; wrong ones take as much together."""
    right = sum(option.right for option in part.options)
    if part.kind != "multiple":
        return [100.0 if option.right else 0.0 for option in part.options]
    wrong = len(part.options) - right
    return [100 / right if option.right else -100 / wrong for option in part.options]


def _pairs(question: Element, part: Part) -> None:
    SubElement(question, "shuffleanswers").text = "true"
    for left, right in (*part.pairs, *(("", other) for other in part.others)):
        sub = SubElement(question, "subquestion", format="html")
        _text(sub, html(left, inline=True))
        _text(SubElement(sub, "answer"), right)


def _feedback(parent: Element, tag: str, why: str) -> None:
    _text(SubElement(parent, tag, format="html"), html(why, inline=True))


def _text(parent: Element, text: str) -> None:
    SubElement(parent, "text").text = text
