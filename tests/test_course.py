"""A fault in the catalogue is one sentence, which names the file, the entry and what was expected."""

from __future__ import annotations

from pathlib import Path

import pytest

from winnow.course import CourseError, load

from .support.small_course import CATALOGUE, FILES, make

SECOND = CATALOGUE[CATALOGUE.index("[[modules.exercises]]") :]
MODULE = CATALOGUE[CATALOGUE.index("[[modules]]") :]
# What is written in place of what, and the sentence after the file's name.
FAULTS = {
    "a key misspelt": ("minutes", "minuts", ": exercise double has an unknown entry minuts; there are id, title, "),
    "a key left out": ("minutes = 5", "", ": exercise double has no minutes"),
    "another kind": ("minutes = 5", 'minutes = "5"', ": minutes of exercise double is '5'; it must be a whole number"),
    "a switch for a number": ("level = 1", "level = true", ": level of exercise double is True; it must be a whole"),
    "a text for a list": ('["numpy"]', '"numpy"', ": needs of exercise double is 'numpy'; it must be a list in square"),
    "a list of numbers": ('["double", "half"]', "[3]", ": functions of exercise double is [3]; it must be a list of t"),
    "no id": ('id = "double"', "", ": exercise number 1 of m01 has no id"),
    "a module without an id": ('id = "m01"', "", ": module number 1 has no id"),
    "one pair of brackets": ("[[modules]]", "[modules]", ": each module must begin with the line [[modules]], in two"),
    "one pair below": ("[[modules.exercises]]", "[modules.exercises]", ": each exercise must begin with the line [[mo"),
    "no module": (MODULE, "", " lists no modules: each begins with the line [[modules]]"),
    "a misspelt title": ('title = "A small', 'titel = "A small', ": the course has an unknown entry titel; there are"),
    "an address without quotes": ("title =", "published = 3\ntitle =", ": published of the course is 3; it must be a"),
    "a switch in words": ('id = "m01"', 'id = "m01"\ncompare = "yes"', ": compare of module m01 is 'yes'; it must be"),
    "a number for a quiz": ('id = "m01"', 'id = "m01"\nquiz = 1', ': quiz of module m01 is 1; it must be "graded", "p'),
    "an exercise twice": ("memory = 256\n", f"memory = 256\n{SECOND}", ": double of exercise double is listed twice;"),
    "a function twice": ("memory = 256\n", f"memory = 256\n{SECOND}".replace('id = "double"', 'id = "more"').replace(
        '["double", "half"]', '["half"]'), ": half of exercise more is listed twice; names are unique in a course"),
    "a module twice": ("memory = 256\n", "memory = 256\n[[modules]]\nid = 'm01'\ntitle = 'Again'\n",
                       ": the module m01 is listed twice; give one of them another id"),
    "limits that are a number": ("[modules.exercises.limits]\nwall = 2\ncpu = 2\nmemory = 256", "limits = 3",
                                 ": limits of exercise double is 3; it must be a table, below [modules.exercises.limi"),
    "a limit misspelt": ("wall = 2", "wal = 2", ": exercise double has an unknown limit wal; there are cpu, "),
    "no TOML": ("level = 1", "level = ", " is not valid TOML: "),
}  # fmt: skip


@pytest.mark.parametrize(("written", "instead", "said"), FAULTS.values(), ids=list(FAULTS))
def test_a_fault_in_the_catalogue_is_named(tmp_path: Path, written: str, instead: str, said: str) -> None:
    assert CATALOGUE.count(written) >= 1
    root = make(tmp_path, FILES).root
    path = root / "exercises" / "course.toml"
    path.write_text(CATALOGUE.replace(written, instead, 1), encoding="utf-8")
    with pytest.raises(CourseError) as fault:
        load(root)
    assert str(fault.value).startswith(f"{path}{said}")
    assert "\n" not in str(fault.value)


def test_a_file_of_an_exercise_that_is_gone_is_named(tmp_path: Path) -> None:
    root = make(tmp_path, FILES).root
    (root / "graders" / "m01" / "test_double.py").unlink()
    with pytest.raises(CourseError) as fault:
        load(root)
    assert str(fault.value) == "graders/m01/test_double.py is missing: exercises/course.toml lists exercise double"
