"""The content of a learner's copy: every file that goes into it, and nothing that is not asked for by name.

What is hidden stays out because nothing is copied but what this module lists, not because something is left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from string import Template

from winnow.course import Course, CourseError
from winnow.learner import state
from winnow.learner.own_code import untouched
from winnow.quiz import answers, bank, variants
from winnow.release.catalogue import catalogue
from winnow.release.published import NOTEBOOK, Published
from winnow.release.ways import ways

PICTURES = (".png", ".svg", ".jpg", ".jpeg", ".gif")
DATA = (".csv",)
IGNORED = ("__pycache__", ".ipynb_checkpoints", ".pytest_cache", ".DS_Store", answers.FILE)
FILES = {
    "README.md": "README.md",
    "requirements.txt": "requirements.txt",
    "pytest.ini": "pytest.ini",
    "conftest.txt": "conftest.py",
    "gitignore": ".gitignore",
    "vscode_settings.json": ".vscode/settings.json",
    "vscode_extensions.json": ".vscode/extensions.json",
    "devcontainer.json": ".devcontainer/devcontainer.json",
    "self-check.yml": ".github/workflows/self-check.yml",
}
FILLED = ("README.md", "requirements.txt")
EXTRAS = ("pandas", "torch")
"""What only some courses need: extras of the engine, named as in an exercise's `needs`."""
CHOOSE_TORCH = """\
# First, unless there is a GPU to use: install torch for CPUs alone, a tenth of the download. The line to type is on
# pytorch.org under "Get started", for "Compute Platform: CPU".
"""
TORCH_FROM = """\
# torch for CPUs alone comes from here. To use a GPU, delete the next line.
--extra-index-url {index}
"""


@dataclass(frozen=True)
class Bundle:
    """Paths within the copy, and what is in them. `left_out`: files of exercises/ that learners do not get."""

    files: dict[str, bytes]
    left_out: tuple[str, ...] = ()


def bundle(course: Course, secret: bytes, wheel: Path, published: Published | None = None) -> Bundle:
    """Everything that a learner of this course gets.

    Args:
        published: where learners will find it, if that is known.

    Raises:
        CourseError: there is no exercise, or one is written in exercises/, where its stub belongs; or a file of the
            course is missing or at fault.
    """
    if not course.exercises:
        raise CourseError("a release of quizzes alone cannot be: it needs an exercise to begin with")
    for exercise in course.exercises:
        written = [name for name in exercise.functions if name not in untouched(exercise)]
        if written:
            raise CourseError(
                f"{exercise.stub.relative_to(course.root).as_posix()} has {', '.join(written)} written out; "
                "learners would get it: put the stub back before you release"
            )
    exercises = course.root / "exercises"
    wanted = _wanted(course)
    files = {f"exercises/{path}": (exercises / path).read_bytes() for path in sorted(wanted)}
    files["exercises/course.toml"] = catalogue(course)
    for module in bank.modules(course):
        if bank.for_practice(course, module):
            bank.keys(course, bank.quiz(course, module))
            key = course.root / "solutions" / module / bank.FILE
            files[f"exercises/{module}/{bank.KEY_FILE}"] = key.read_bytes()
    present = {
        path.relative_to(exercises).as_posix()
        for path in exercises.rglob("*")
        if path.is_file() and not set(path.relative_to(exercises).parts) & set(IGNORED)
    }
    left_out = tuple(sorted(present - _wanted(course.everything) - {variants.SALT_FILE}))
    for path in ("course.toml", *_come_back(course)):
        if f"exercises/{path}" in files:
            files[f"{state.FOLDER}/{state.STUBS}/{path}"] = files[f"exercises/{path}"]
    files |= _other_ways(course)
    files[f"exercises/{variants.SALT_FILE}"] = (variants.course_salt(course.root, secret) + "\n").encode()
    files[f"engine/{wheel.name}"] = wheel.read_bytes()
    if (course.root / "LICENSE").is_file():
        files["LICENSE"] = (course.root / "LICENSE").read_bytes()
    files |= _fixed(course, wheel, published)
    return Bundle(files, left_out)


def _come_back(course: Course) -> Iterator[str]:
    """What `winnow reset` brings back, as paths within exercises/: the files of the exercises and of the quizzes."""
    for exercise in course.exercises:
        yield from (f"{exercise.module}/{name}" for name in exercise.handed_out)
    for module in bank.modules(course):
        pictures = {question.image.name for question in bank.quiz(course, module).questions if question.image}
        yield from (f"{module}/{name}" for name in (bank.FILE, bank.KEY_FILE, *sorted(pictures)))


def _other_ways(course: Course) -> dict[str, bytes]:
    """Other ways to write the exercises, of the modules alone whose learners may have them before they are graded."""
    found = {}
    for module in course.modules:
        for exercise in module.exercises if module.compare else ():
            if made := ways(exercise):
                text = json.dumps(made, indent=1, ensure_ascii=False) + "\n"
                found[state.ways(exercise).relative_to(course.root).as_posix()] = text.encode()
    return found


def _wanted(course: Course) -> set[str]:
    """The files of exercises/ that learners get, as paths within it."""
    wanted = {"course.toml"}
    for module in course.modules:
        folder = course.root / "exercises" / module.id
        names = {"README.md"} | ({bank.FILE} if bank.has_quiz(course, module.id) else set())
        for exercise in module.exercises:
            names |= set(exercise.handed_out)
        names |= {path.name for path in folder.glob("*") if path.suffix.lower() in PICTURES + DATA}
        # A link could lead to a file that is hidden.
        wanted |= {
            f"{module.id}/{name}" for name in names if (folder / name).is_file() and not (folder / name).is_symlink()
        }
    return wanted


def _fixed(course: Course, wheel: Path, published: Published | None) -> dict[str, bytes]:
    """The files that are the same for every course but for a few words."""
    first = course.exercises[0]
    readme = f"{first.module}/README.md"
    needed = {name for exercise in course.exercises for name in exercise.needs}
    index = course.everything.torch_index
    torch = TORCH_FROM.format(index=index) if index else CHOOSE_TORCH
    words = {
        "extras": ",".join(("learn", *(name for name in EXTRAS if name in needed))),
        "torch": torch if "torch" in needed else "",
        "title": course.title,
        "wheel": wheel.name,
        "readme": f"Read what the module is about in `exercises/{readme}`. " if readme in _wanted(course) else "",
        "first": first.stub.relative_to(course.root).as_posix(),
        "first_checks": first.public_checks.relative_to(course.root).as_posix(),
        "first_name": first.id,
        "badges": f"{published.badges}\n\n" if published else "",
    }
    folder = resources.files("winnow.release") / "files"
    made = {}
    for name, path in FILES.items():
        text = (folder / name).read_text(encoding="utf-8")
        made[path] = (Template(text).substitute(words) if name in FILLED else text).encode()
    if published:
        made[NOTEBOOK] = published.notebook(course.title, first)
    settings = json.loads(made[".devcontainer/devcontainer.json"])
    made[".devcontainer/devcontainer.json"] = (
        json.dumps({**settings, "name": course.title}, indent=2, ensure_ascii=False) + "\n"
    ).encode()
    return made
