"""Feedback as Markdown, for a pull request, a forum or a learning platform."""

from __future__ import annotations

import re

from winnow.feedback.words import CheckWords, ExerciseWords, LearnerWords, spans

# What means something anywhere in a line; within a word `_` means nothing. Then: what makes an address a link, and a
# word between colons a picture.
_SPECIAL = re.compile(r"([\\`*\[\]<>#|~&@^$]|(?<![^\W_])_|_(?![^\W_])|:(?=//|[\w+-]+:)|(?<=\bwww)\.)", re.IGNORECASE)
# What means something only where a line begins: a list, a heading, a rule.
_OPENING = re.compile(r"^(\d*)([-+=.)])")


def learner_markdown(words: LearnerWords, course_title: str) -> str:
    """The whole page. Whatever learners' code produced stands in code fences that it cannot close."""
    parts = [f"# {_escaped(course_title)}", f"**{_escaped(words.name or words.student)}**: {words.headline}"]
    parts += [f"Handed in {_escaped(words.handed_in)}"] if words.handed_in else []
    parts += [f"> {_escaped(note)}" for note in words.notes]
    for exercise in words.exercises:
        parts += _exercise(exercise)
    return "\n\n".join(parts) + "\n"


def exercise_markdown(exercise: ExerciseWords) -> str:
    """One exercise, to stand in a page of somebody else's."""
    return "\n\n".join(_exercise(exercise)) + "\n"


def _exercise(exercise: ExerciseWords) -> list[str]:
    parts = [f"## {_escaped(exercise.id)}: {_escaped(exercise.title)}", f"**{exercise.headline}**"]
    if exercise.message:
        parts.append(_escaped(exercise.message))
    parts += ["\n".join(_check(check) for check in exercise.checks)] if exercise.checks else []
    parts += [f"> {_escaped(note)}" for note in exercise.notes]
    if exercise.output:
        parts += ["Your code printed:", _fenced(exercise.output)]
    return parts


def _check(check: CheckWords) -> str:
    item = f"- {check.mark} {_escaped(check.title)} ({check.points})"
    details = []
    if check.facts:
        width = max(len(label) for label, _ in check.facts) + 3
        rows = [f"{label:<{width}}" + value.replace("\n", "\n" + " " * width) for label, value in check.facts]
        details.append(_fenced("\n".join(rows)))
    if check.why:
        details.append(
            "**Why:** " + "".join(_code(text) if code else _inline(text) for text, code in spans(check.why)).strip()
        )
    if check.hint:
        details.append(f"**Hint:** {_code(check.hint)}")
    if not details:
        return item
    indented = "\n\n".join(details).replace("\n", "\n  ")
    return f"{item}\n\n  {indented}\n".replace("\n  \n", "\n\n")


def _escaped(text: str) -> str:
    """Plain text that no Markdown dialect, nor the HTML in it, takes for anything else."""
    return _OPENING.sub(r"\1\\\2", _inline(text).strip())


def _inline(text: str) -> str:
    """Plain text in the middle of a line, with the space it has around it."""
    return re.sub(r"\s+", " ", _SPECIAL.sub(r"\\\1", text))


def _code(text: str) -> str:
    return "`" + text.replace("\n", " ") + "`" if "`" not in text else _escaped(text)


def _fenced(text: str) -> str:
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"
