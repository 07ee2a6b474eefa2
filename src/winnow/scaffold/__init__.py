"""A new exercise: its files in the three trees, ready to be filled in, and its entry in the catalogue."""

from __future__ import annotations

import json
import re
from importlib import resources
from pathlib import Path
from string import Template

from winnow.course import Course
from winnow.errors import UsageError

FILES = {
    "stub.py": "exercises/{module}/{name}.py",
    "test_public.py": "exercises/{module}/test_{name}.py",
    "solution.py": "solutions/{module}/{name}.py",
    "test_hidden.py": "graders/{module}/test_{name}.py",
    "misconceptions.py": "graders/{module}/{name}_misconceptions.py",
    "independent.py": "graders/{module}/{name}_independent.py",
}

ENTRY = """
[[modules.exercises]]
id = "$name"
title = $title
functions = ["$name"]
needs = ["numpy"]
points = 10
minutes = 10
level = 1
hints = [
  "TODO: a question that leads to the first step.",
  "TODO: the place where it usually goes wrong.",
  "TODO: the steps, one after another.",
]
"""


def scaffold(course: Course, module: str, name: str) -> list[Path]:
    """Write the files of the exercise `name` of `module`, and its catalogue entry; return what was written.

    Raises:
        UsageError: the names cannot be used, or something is there already. Nothing was written then.
    """
    for word, what in ((module, "module"), (name, "exercise")):
        if not re.fullmatch(r"[a-z][a-z0-9_]*", word):
            raise UsageError(f"{word!r} cannot name a {what}: use lower-case letters, digits and underscores")
    taken = {exercise.id for exercise in course.exercises} | set(course.by_function)
    if name in taken:
        raise UsageError(f"there is an exercise or a function {name} already; names are unique in a course")
    targets = {file: course.root / path.format(module=module, name=name) for file, path in FILES.items()}
    for target in targets.values():
        if target.exists():
            raise UsageError(f"{target.relative_to(course.root)} is there already")
    title = name.replace("_", " ").capitalize()
    words = {"name": name, "module": module, "title": title}
    folder = resources.files("winnow.scaffold") / "files"
    for file, target in targets.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        text = Template((folder / f"{file}.txt").read_text(encoding="utf-8")).substitute(words)
        target.write_text(text, encoding="utf-8")
    catalogue = course.root / "exercises" / "course.toml"
    entry = Template(ENTRY).substitute(name=name, title=json.dumps(title, ensure_ascii=False))
    catalogue.write_text(with_entry(catalogue.read_text(encoding="utf-8"), module, entry), encoding="utf-8")
    return [*targets.values(), catalogue]


def with_entry(text: str, module: str, entry: str) -> str:
    """The catalogue with `entry` after the last exercise of `module`; a new module comes last."""
    starts = [match.start() for match in re.finditer(r"^\[\[modules\]\]", text, re.MULTILINE)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        if re.search(rf'^id\s*=\s*"{module}"\s*$', text[start:end], re.MULTILINE):
            after = text[end:]
            return text[:end].rstrip("\n") + "\n" + entry + ("\n" + after if after else "")
    title = json.dumps(module.partition("_")[2].replace("_", " ").capitalize() or module, ensure_ascii=False)
    return text.rstrip("\n") + f'\n\n[[modules]]\nid = "{module}"\ntitle = {title}\n' + entry
