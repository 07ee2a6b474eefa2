"""Writes a module's quiz for learning platforms: QTI for Canvas, GIFT and Moodle XML for Moodle.

Numbers are drawn once, for all. A platform marks in its own way: it has no Kendall credit, and Moodle's
matching counts every pair; the right answer earns all, and a known wrong one brings its sentence, wherever
the format can say so. What a format has no word for is asked in parts: see `parts`."""

from __future__ import annotations

from pathlib import Path

from winnow.course import Course
from winnow.quiz import bank, variants
from winnow.quiz.export import gift, moodle, qti
from winnow.quiz.export.parts import Part, parts
from winnow.quiz.question import QuizError

FORMATS = {"qti": ".zip", "gift": ".gift", "moodle-xml": ".xml"}


def export(course: Course, module: str, to: str, folder: Path, *, salt: str) -> Path:
    """Write the quiz of a module to `folder` in the format `to`, and return the file.

    Raises:
        QuizError: there is no such format, or the quiz or its key is missing or at fault.
        OSError: the file cannot be written.
    """
    if to not in FORMATS:
        raise QuizError(f"there is no export to {to}; there are {', '.join(FORMATS)}")
    quiz = bank.quiz(course, module)
    keys = bank.keys(course, quiz)
    made: list[Part] = []
    for question in quiz.questions:
        values = variants.draw(question, variants.CLASS, salt)
        made += parts(variants.fill(question, values), keys[question.id], values)
    content = {"qti": qti.write, "gift": gift.write, "moodle-xml": moodle.write}[to](quiz.title, made)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{module}{FORMATS[to]}"
    path.write_bytes(content)
    return path
