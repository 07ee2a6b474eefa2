"""Draws the numbers of a question for each learner.

A draw must come out the same at home, where the course secret is, and in a learner's copy, where it must not
be. So draws do not depend on the secret itself but on a salt, an HMAC of the secret under a fixed label:
`winnow release` writes it to `exercises/quiz_salt.txt`, and the secret cannot be computed from it. The salt
need not be hidden: all that it tells is which numbers a learner is shown.

A wrong number can name its mistake only when every route, right or wrong, leads to a number of its own.
Redrawing until that holds would need the routes, which a learner's copy must not contain, and a count of
redraws would be a second thing to keep in step. So the values in `exercises/<module>/quiz.toml` are chosen so
that *every* draw is good, and `winnow doctor` proves it over all of them (or over a thousand, where there are
more than it can try). Then one draw is enough, and both sides agree without a word between them."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from winnow.course import Course
from winnow.quiz.question import Number, Question, QuizError
from winnow.secret import course_secret

SALT_FILE = "quiz_salt.txt"
CLASS = "class"
"""The learner for whom numbers are drawn where all must share one text: a notebook, an export."""

PLACEHOLDER = re.compile(r"\[\[([a-z][a-z0-9_]*)\]\]")


def public_salt(secret: bytes) -> str:
    """The salt that follows from the course secret. It may be published; the secret does not follow from
    it."""
    return hmac.new(secret, b"winnow quiz draws", hashlib.sha256).hexdigest()


def course_salt(root: Path, secret: bytes) -> str:
    """The salt of the course below `root`: that of `exercises/quiz_salt.txt` where there is such a file, otherwise the
    one that follows from the secret. With the file, a quiz that was handed out stays the same under a new secret."""
    return released_salt(root) if (root / "exercises" / SALT_FILE).is_file() else public_salt(secret)


def released_salt(root: Path) -> str:
    """The salt that came with a learner's copy of the course.

    Raises:
        QuizError: the copy has no salt.
    """
    path = root / "exercises" / SALT_FILE
    try:
        return path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        raise QuizError(
            f"exercises/{SALT_FILE} is missing, so the numbers of the questions cannot be drawn: "
            "copy it from the course as it was handed out"
        ) from None


def salt_of(course: Course) -> str:
    """The salt of the quizzes here: that of the course, where its secret is at hand; in a learner's copy the one that
    came with it.

    Raises:
        QuizError: the copy has no salt.
    """
    return course_salt(course.root, course_secret(course.root)) if course.has_graders else released_salt(course.root)


def draw(question: Question, learner: str, salt: str) -> dict[str, Number]:
    """The numbers of this question for this learner; another version of the question draws anew."""
    values: dict[str, Number] = {}
    for name, allowed in question.draw.items():
        message = "\0".join((learner, question.id, str(question.version), name)).encode()
        digest = hmac.new(salt.encode(), message, hashlib.sha256).digest()
        values[name] = allowed[int.from_bytes(digest, "big") % len(allowed)]
    return values


def fresh(question: Question, learner: str, salt: str) -> Iterator[dict[str, Number]]:
    """The learner's own numbers of this question, and then others without end. Two in a row differ, where the question
    has more than one draw."""
    several = math.prod(len(set(allowed)) for allowed in question.draw.values()) > 1
    shown = draw(question, learner, salt)
    yield shown
    for number in itertools.count(1):
        values = draw(question, f"{learner}\0{number}", salt)
        if values != shown or not several:
            shown = values
            yield shown


def fill(question: Question, values: Mapping[str, Number]) -> Question:
    """The question as one learner reads it, with its numbers in place."""

    def written(text: str) -> str:
        return PLACEHOLDER.sub(lambda match: f"{values[match[1]]:.10g}", text)

    choices = {label: written(text) for label, text in question.choices.items()}
    return replace(question, text=written(question.text), choices=choices)


def every_draw(question: Question, at_most: int = 20_000, otherwise: int = 1000) -> Iterator[dict[str, Number]]:
    """All draws there can be, or, where these are more than `at_most`, those of `otherwise` made-up
    learners."""
    if math.prod(len(allowed) for allowed in question.draw.values()) <= at_most:
        for values in itertools.product(*question.draw.values()):
            yield dict(zip(question.draw, values, strict=True))
    else:
        for number in range(otherwise):
            yield draw(question, f"learner {number}", "salt for trying out")
