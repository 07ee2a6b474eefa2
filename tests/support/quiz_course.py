"""The small course with two quizzes: one beside its exercise, and one in a module that has nothing else."""

from __future__ import annotations

from pathlib import Path

from winnow.course import Course

from .small_course import CATALOGUE, FILES, make

QUIZ = """
title = "Doubling"
[[questions]]
id = "what_doubles"
kind = "single"
text = "Which doubles x?"
[questions.choices]
a = "x + x"
b = "x * x"
[[questions]]
id = "twice_drawn"
kind = "numeric"
points = 2
text = "What is twice [[number]]?"
[questions.draw]
number = { from = 3, to = 900 }
[[questions]]
id = "even_ones"
kind = "multiple"
points = 3
text = "Which are even?"
[questions.choices]
a = "2x"
b = "x"
c = "4x"
d = "x + 1"
"""

KEY = """
[what_doubles]
answer = "a"
[what_doubles.choices]
a = { why = "Adding x to itself is doubling." }
b = { id = "square_for_double", why = "That is the square." }
[twice_drawn]
formula = "2 * number"
why = "Multiply by two."
[[twice_drawn.wrong]]
id = "squared_number"
formula = "number ** 2"
why = "You squared the number."
[even_ones]
answer = ["a", "c"]
[even_ones.choices]
a = { why = "Two divides it." }
b = { id = "any_is_even", why = "It may be 1." }
c = { why = "Four does." }
d = { id = "next_is_even", why = "It may be 3." }
"""

SECOND = """
title = "Halving"
[[questions]]
id = "what_halves"
kind = "short"
text = "What halves x?"
"""

SECOND_KEY = """
[what_halves]
accepted = ["x / 2", "반"]
why = "Divide by two."
[[what_halves.wrong]]
answers = ["x // 2"]
id = "floor_for_half"
why = "That loses the half of an odd number."
"""

TEXTS = {
    **FILES,
    "exercises/course.toml": CATALOGUE + '\n[[modules]]\nid = "m02"\ntitle = "Another module"\n',
    "exercises/m01/quiz.toml": QUIZ,
    "solutions/m01/quiz.toml": KEY,
    "exercises/m02/quiz.toml": SECOND,
    "solutions/m02/quiz.toml": SECOND_KEY,
}


def quiz_course(root: Path) -> Course:
    """Write the course below `root` and read it."""
    return make(root, TEXTS)
