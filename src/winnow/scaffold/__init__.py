"""New exercises and new courses: their files in the three trees, ready to be filled in.

The texts are in `files/` (an exercise) and in `own/` (a course). Imported by `winnow new` and `winnow init`.
"""

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
    "picture.py": "exercises/{module}/{name}_picture.py",
    "solution.py": "solutions/{module}/{name}.py",
    "test_hidden.py": "graders/{module}/test_{name}.py",
    "misconceptions.toml": "graders/{module}/{name}_misconceptions.toml",
    "right.py": "graders/{module}/{name}_right.py",
}
OF_A_MODULE = {"README.md": "exercises/{module}/README.md"}

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
    for word, what in ((module, "a module"), (name, "an exercise")):
        if not re.fullmatch(r"[a-z][a-z0-9_]*", word):
            raise UsageError(f"{word!r} cannot name {what}: use lower-case letters, digits and underscores")
    taken = {exercise.id for exercise in course.exercises} | set(course.by_function)
    if name in taken:
        raise UsageError(f"there is an exercise or a function {name} already; names are unique in a course")
    targets = {file: course.root / path.format(module=module, name=name) for file, path in FILES.items()}
    for target in targets.values():
        if target.exists():
            raise UsageError(f"{target.relative_to(course.root)} is there already")
    about = {file: course.root / path.format(module=module) for file, path in OF_A_MODULE.items()}
    targets |= {file: target for file, target in about.items() if not target.exists()}
    title = name.replace("_", " ").capitalize()
    words = {"name": name, "module": module, "title": title, "heading": heading(module)}
    for file, target in targets.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        text = (resources.files("winnow.scaffold") / "files" / f"{file}.txt").read_text(encoding="utf-8")
        target.write_text(Template(text).substitute(words), encoding="utf-8")
    catalogue = course.root / "exercises" / "course.toml"
    entry = Template(ENTRY).substitute(name=name, title=json.dumps(title, ensure_ascii=False))
    catalogue.write_text(with_entry(catalogue.read_text(encoding="utf-8"), module, entry), encoding="utf-8")
    return [*targets.values(), catalogue]


def heading(module: str) -> str:
    """What a module is called until somebody gives it a better title: `m05_losses` is Losses."""
    return module.partition("_")[2].replace("_", " ").capitalize() or module


def with_entry(text: str, module: str, entry: str) -> str:
    """The catalogue with `entry` after the last exercise of `module`.

    A new module stands before the first one whose id comes later in the alphabet: ids begin with the place that a
    module has in the lecture.
    """
    head, *modules = re.split(r"^(?=\[\[modules\]\])", text, flags=re.MULTILINE)
    ids = [_id(each) for each in modules]
    if module in ids:
        at = ids.index(module)
        modules[at] = modules[at].rstrip("\n") + "\n" + entry
    else:
        at = next((at for at, other in enumerate(ids) if other > module), len(ids))
        title = json.dumps(heading(module), ensure_ascii=False)
        modules.insert(at, f'[[modules]]\nid = "{module}"\ntitle = {title}\n{entry}')
    return head.rstrip("\n") + "\n\n" + "\n".join(each.rstrip("\n") + "\n" for each in modules)


def _id(module: str) -> str:
    found = re.search(r'^id\s*=\s*"([^"]*)"', module, re.MULTILINE)
    return found[1] if found else ""
