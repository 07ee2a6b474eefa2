"""What exists: reads `course.toml` and finds the files of each exercise in the three trees."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any

ANSWERS = "quiz_answers.toml"
"""The file of a learner's answers to the quiz of a module, in the module's folder."""


class CourseError(Exception):
    """The course itself is at fault; the message names the file, the thing and the mismatch."""


@dataclass(frozen=True)
class Limits:
    """What a learner's code may use.

    `wall`: seconds for loading it, and for each batch of calls, by a clock that counts CPU and the time that it chooses
    to wait; `cpu`: seconds of CPU that one process may take; `total`: seconds of that clock for all of an exercise;
    `memory`: MiB above the warm process; `files`: MiB per file and in all; `output`: characters kept; `judging`:
    seconds of the grader's own CPU for one check of what came back (see `winnow.grading.budget`).
    """

    wall: float = 10.0
    cpu: float = 10.0
    total: float = 60.0
    memory: int = 1024
    files: int = 16
    output: int = 2000
    judging: float = 5.0


@dataclass(frozen=True)
class Exercise:
    """One exercise: its catalogue entry, and where its files lie. `closed`: the calls that do it all at once."""

    id: str
    module: str
    title: str
    functions: tuple[str, ...]
    needs: tuple[str, ...]
    points: float
    minutes: int
    level: int
    hints: tuple[str, ...]
    root: Path
    limits: Limits = field(default_factory=Limits)
    closed: tuple[str, ...] = ()

    def path(self, tree: str, name: str) -> Path:
        """The path of file `name` of this exercise's module in one of the three trees."""
        return self.root / tree / self.module / name

    @cached_property
    def stub(self) -> Path:
        return self.path("exercises", f"{self.id}.py")

    @cached_property
    def public_checks(self) -> Path:
        return self.path("exercises", f"test_{self.id}.py")

    @property
    def solution(self) -> Path:
        return self.path("solutions", f"{self.id}.py")

    @property
    def hidden_checks(self) -> Path:
        return self.path("graders", f"test_{self.id}.py")

    @property
    def misconceptions(self) -> Path:
        return self.path("graders", f"{self.id}_misconceptions.py")

    @property
    def patches(self) -> Path:
        return self.path("graders", f"{self.id}_misconceptions.toml")

    @property
    def right_answers(self) -> Path:
        return self.path("graders", f"{self.id}_right.py")

    @property
    def handed_out(self) -> tuple[str, ...]:
        """The names of the files that learners get of it, some of which not every exercise has."""
        return (
            f"{self.id}.py", f"test_{self.id}.py", f"{self.id}_picture.py", f"{self.id}.md", f"{self.id}_slips.toml",
            f"{self.id}_picture.json",
        )  # fmt: skip

    def needed(self, graded: bool = True) -> list[Path]:
        """The files without which there is no such exercise, for whoever has `graded` it and for learners."""
        hidden = [self.solution, self.hidden_checks, self.patches if self.patches.is_file() else self.misconceptions]
        return [self.stub, self.public_checks, *(hidden if graded else [])]

    @property
    def independent(self) -> Path:
        return self.path("graders", f"{self.id}_independent.py")

    @property
    def alternatives(self) -> Path:
        return self.path("graders", "alternatives") / self.id


@dataclass(frozen=True)
class Module:
    """One module of the course, in the lecture's order. `quiz`: its questions, if it has any, are used; `practice`: to
    learn from, with the key at hand, and for no points. `compare`: learners get other ways to write its exercises."""

    id: str
    title: str
    exercises: tuple[Exercise, ...]
    quiz: bool = True
    practice: bool = False
    compare: bool = False


@dataclass(frozen=True)
class Course:
    """The whole course. `has_graders` is False in a learner's copy, which has neither solutions nor graders.

    `draft`: files may be missing, and the points of checks need not add up yet.

    `stamp`: of the state its files were in when it was read. What a process remembers of a course it remembers of
    this state, so courses are equal only where nothing has been changed between. `whole`: the course of which this is
    a part. `torch_index`: the package index from which learners install torch, empty for the usual one. `published`:
    the address of the repository in which learners find it, where that is known.
    """

    root: Path
    title: str
    modules: tuple[Module, ...]
    stamp: str = ""
    whole: Course | None = None
    draft: bool = False
    torch_index: str = ""
    published: str = ""

    @cached_property
    def exercises(self) -> tuple[Exercise, ...]:
        return tuple(exercise for module in self.modules for exercise in module.exercises)

    @cached_property
    def quizzes(self) -> dict[str, Module]:
        """The modules by what their quizzes are called in a record, whether there are questions or not."""
        return {quiz_name(module.id): module for module in self.modules}

    @cached_property
    def titles(self) -> dict[str, str]:
        """The titles of all that a record may hold, in its order: the exercises, then the quizzes."""
        quizzes = {name: f"Quiz: {module.title}" for name, module in self.quizzes.items()}
        return {exercise.id: exercise.title for exercise in self.exercises} | quizzes

    @cached_property
    def by_function(self) -> dict[str, Exercise]:
        return {name: exercise for exercise in self.exercises for name in exercise.functions}

    @property
    def has_graders(self) -> bool:
        return (self.root / "graders").is_dir()

    def only(self, modules: Collection[str]) -> Course:
        """The course as if it had no other modules than these."""
        return replace(self, modules=tuple(module for module in self.modules if module.id in modules))

    @property
    def everything(self) -> Course:
        """The whole course, of which this may be a part."""
        return self.whole or self

    def part(self, names: Collection[str]) -> Course:
        """What was set: only these exercises, and these quizzes by what they are called in a record."""
        chosen = []
        for module in self.modules:
            exercises = tuple(exercise for exercise in module.exercises if exercise.id in names)
            quiz = module.quiz and quiz_name(module.id) in names
            if exercises or quiz:
                chosen.append(replace(module, exercises=exercises, quiz=quiz))
        return replace(self, modules=tuple(chosen), whole=self.everything)

    def exercise(self, name: str) -> Exercise:
        """The exercise called `name`. Raises CourseError that lists the names there are."""
        for exercise in self.exercises:
            if exercise.id == name:
                return exercise
        known = ", ".join(exercise.id for exercise in self.exercises)
        raise CourseError(f"there is no exercise {name}; there are {known}")


def quiz_name(module: str) -> str:
    """What the quiz of a module is called among the exercises of a record."""
    return f"{module}_quiz"


def find_root(start: Path | None = None) -> Path:
    """The course folder: WINNOW_COURSE, or the nearest folder at or above `start` with exercises/course.toml."""
    named = os.environ.get("WINNOW_COURSE")
    start = Path(named) if named else (start or Path.cwd())
    for folder in (start, *start.resolve().parents):
        if (folder / "exercises" / "course.toml").is_file():
            return folder.resolve()
    raise CourseError(
        f"no course here: neither {start} nor a folder above it has exercises/course.toml; "
        "go into the course's folder, or set WINNOW_COURSE to it"
    )


def stamp(root: Path) -> str:
    """What changes whenever a file of the three trees is written, added or removed. It is read from the folders alone,
    which takes about a millisecond, and means nothing on another machine."""
    seen = []
    for tree in ("exercises", "solutions", "graders"):
        for folder, folders, files in os.walk(root / tree):
            folders[:] = sorted(name for name in folders if name != "__pycache__" and not name.startswith("."))
            for name in sorted(files):
                with contextlib.suppress(OSError):
                    about = os.stat(os.path.join(folder, name))
                    seen.append((folder, name, about.st_mtime_ns, about.st_size, about.st_ino))
    return hashlib.sha256(repr(seen).encode()).hexdigest()


_KINDS: dict[type | tuple[type, ...], str] = {
    str: "a text in quotes",
    int: "a whole number",
    (int, float): "a number",
    list: "a list in square brackets",
    bool: "true or false",
    (bool, str): '"graded", "practice" or false',
}
_COURSE = {"title": str, "torch_index": str, "published": str, "compare": bool, "modules": list}
_TEXTS = ("functions", "needs", "hints")
"""The lists of texts of an exercise."""


def _kinds_fit(data: dict[str, Any], keys: Mapping[str, type | tuple[type, ...]], of: str, where: str) -> None:
    """Raise CourseError where an entry is unknown, or is not of its kind."""
    for key, value in data.items():
        if key not in keys:
            raise CourseError(f"{where}: {of} has an unknown entry {key}; there are {', '.join(keys)}")
        kind = keys[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind in (int, (int, float))):
            raise CourseError(f"{where}: {key} of {of} is {value!r}; it must be {_KINDS[kind]}")


def _entry(
    of: str, data: dict[str, Any], keys: Mapping[str, type | tuple[type, ...]], below: str, where: str
) -> dict[str, Any]:
    """What the entry `of` says of itself, and nothing of what lies `below` it."""
    _kinds_fit(data, {**keys, below: object}, of, where)
    for key in keys:
        if key not in data:
            raise CourseError(f"{where}: {of} has no {key}")
    return {key: data[key] for key in keys}


def _tables(data: dict[str, Any], path: str, where: str) -> list[dict[str, Any]]:
    """The tables that begin with [[path]]; none where there is no such line."""
    found = data.get(path.rpartition(".")[2], [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        kind = path.rpartition(".")[2].removesuffix("s")
        raise CourseError(f"{where}: each {kind} must begin with the line [[{path}]], in two pairs of brackets")
    return found


def _quiz_of(module: dict[str, Any], where: str) -> dict[str, bool]:
    known = {"graded": True, "practice": True, True: True, False: False}
    if module["quiz"] not in known:
        raise CourseError(
            f"{where}: quiz of module {module['id']} is {module['quiz']!r}; "
            'it must be "graded" (as when it is left out), "practice" or false'
        )
    return {"quiz": known[module["quiz"]], "practice": module["quiz"] == "practice"}


def _limits(data: Any, exercise: str, where: str) -> Limits:
    if not isinstance(data, dict):
        raise CourseError(
            f"{where}: limits of exercise {exercise} is {data!r}; it must be a table, below [modules.exercises.limits]"
        )
    known = {item.name for item in fields(Limits)}
    for key, value in data.items():
        if key not in known:
            raise CourseError(
                f"{where}: exercise {exercise} has an unknown limit {key}; there are {', '.join(sorted(known))}"
            )
        if not isinstance(value, int | float) or isinstance(value, bool) or value <= 0:
            raise CourseError(
                f"{where}: the limit {key} of exercise {exercise} must be a positive number, not {value!r}"
            )
    return Limits(**data)


def load(root: Path, draft: bool = False) -> Course:
    """Read the course below `root`.

    Raises:
        CourseError: course.toml cannot be read, lacks an entry, or (unless it is a draft) lists an exercise of which a
            file is not there.
    """
    path = root / "exercises" / "course.toml"
    # Before anything is read: what changes meanwhile is then noticed later, never overlooked.
    at = stamp(root)
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CourseError(f"{path} cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CourseError(f"{path} is not valid TOML: {error}") from None
    entries = _tables(data, "modules", str(path))
    _kinds_fit(data, _COURSE, "the course", str(path))
    if not entries:
        raise CourseError(f"{path} lists no modules: each begins with the line [[modules]]")
    modules = []
    for place, entry in enumerate(entries, 1):
        module = _entry(
            "module " + str(entry.get("id", f"number {place}")),
            {"quiz": True, "compare": data.get("compare", False)} | entry,
            {"id": str, "title": str, "quiz": (bool, str), "compare": bool},
            "exercises",
            str(path),
        )
        module |= _quiz_of(module, str(path))
        exercises = []
        for number, item in enumerate(_tables(entry, "modules.exercises", str(path)), 1):
            values = _entry(
                "exercise " + str(item.get("id", f"number {number} of {module['id']}")),
                {"closed": []} | item,
                {
                    "id": str, "title": str, "functions": list, "needs": list, "points": (int, float),
                    "minutes": int, "level": int, "hints": list, "closed": list,
                },
                "limits",
                str(path),
            )  # fmt: skip
            for key in _TEXTS:
                if not all(isinstance(one, str) for one in values[key]):
                    raise CourseError(
                        f"{path}: {key} of exercise {values['id']} is {values[key]!r}; it must be a list of texts, "
                        "each in quotes"
                    )
            values |= {key: tuple(values[key]) for key in ("functions", "needs", "hints", "closed")}
            values["points"] = float(values["points"])
            limits = _limits(item.get("limits", {}), item["id"], str(path))
            exercises.append(Exercise(**values, module=module["id"], root=root, limits=limits))
        modules.append(Module(**module, exercises=tuple(exercises)))
    course = Course(
        root,
        str(data.get("title", root.name)),
        tuple(modules),
        at,
        draft=draft,
        torch_index=data.get("torch_index", ""),
        published=data.get("published", ""),
    )
    _verify(course, path)
    return course


def _verify(course: Course, path: Path) -> None:
    modules = [module.id for module in course.modules]
    for module in modules:
        if modules.count(module) > 1:
            raise CourseError(f"{path}: the module {module} is listed twice; give one of them another id")
    seen: set[str] = set()
    for exercise in course.exercises:
        for name in exercise.closed:
            if not isinstance(name, str) or not all(part.isidentifier() for part in name.split(".")):
                raise CourseError(f"{path}: exercise {exercise.id} closes {name!r}, which is no path as torch.relu is")
        if exercise.id in course.quizzes:
            raise CourseError(f"{path}: the exercise {exercise.id} is called as a quiz is; give it another id")
        for name in dict.fromkeys((exercise.id, *exercise.functions)):
            if name in seen:
                raise CourseError(
                    f"{path}: {name} of exercise {exercise.id} is listed twice; names are unique in a course"
                )
            if not name.isidentifier():
                raise CourseError(f"{path}: {name!r} of exercise {exercise.id} is not a Python name")
            seen.add(name)
        # In a learner's copy a file that is gone is the matter of its exercise, and of no other.
        for file in [] if course.draft or not course.has_graders else exercise.needed():
            if not file.is_file():
                missing, catalogue = file.relative_to(course.root), path.relative_to(course.root)
                raise CourseError(f"{missing} is missing: {catalogue} lists exercise {exercise.id}")
