"""A course of one exercise, `double`, for tests of the engine, and a way to grade texts in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from textwrap import dedent

from winnow.course import Course, load
from winnow.grading import bench
from winnow.grading.job import Job
from winnow.record import ExerciseResult
from winnow.submission import Cell, Source, Submission

CATALOGUE = """
title = "A small course"
[[modules]]
id = "m01"
title = "One module"
[[modules.exercises]]
id = "double"
title = "Twice as much"
functions = ["double", "half"]
needs = ["numpy"]
points = 10
minutes = 5
level = 1
hints = ["one", "two", "three"]
[modules.exercises.limits]
wall = 2
cpu = 2
memory = 256
"""

FILES = {
    "exercises/course.toml": CATALOGUE,
    "exercises/m01/double.py": '''
        def double(x):
            """Twice x."""
            raise NotImplementedError("double is not written yet")

        def half(x):
            """Half of x; TypeError for a text."""
            raise NotImplementedError("half is not written yet")
    ''',
    "exercises/m01/test_double.py": '''
        import pytest

        @pytest.mark.points(3)
        def test_examples(double):
            """worked examples"""
            assert double(2) == 4
            assert double(-1.5) == pytest.approx(-3.0)
    ''',
    "solutions/m01/double.py": """
        def double(x):
            return 2 * x

        def half(x):
            if isinstance(x, str):
                raise TypeError("a text has no half")
            return x / 2
    """,
    "graders/m01/test_double.py": '''
        import pytest
        from hypothesis import strategies as st
        from winnow.checks import call

        def numbers(rng):
            for _ in range(5):
                yield call(float(rng.normal()))
            yield call([1, 2])

        def small():
            return st.integers(-3, 3).map(call)

        @pytest.mark.points(5)
        def test_any_number(double, agree):
            """twice any number"""
            agree(double, on=numbers, small=small, unchanged=True)

        def halves(rng):
            yield call(float(rng.normal()))
            yield call("text")

        @pytest.mark.points(2)
        @pytest.mark.edge
        def test_half(half, agree):
            """half of any number, and a TypeError for a text"""
            agree(half, on=halves, small=small)
    ''',
    "graders/m01/double_misconceptions.py": '''
        class squares:
            """Twice is not the square: add x to itself."""

            @staticmethod
            def double(x):
                return x * x

        class adds_two:
            """Twice is not two more: multiply."""

            @staticmethod
            def double(x):
                return x + 2
    ''',
}

RIGHT = "def double(x):\n    return x + x\n\ndef half(x):\n    return x / 2\n"


def make(root: Path, files: Mapping[str, str] = FILES, draft: bool = False) -> Course:
    """Write the course below `root` and read it."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")
    return load(root, draft)


def submission(*texts: str, student: str = "s", fallbacks: tuple[str, ...] = ()) -> Submission:
    """One learner's hand-in: the cells of one source."""
    cells = tuple(Cell("double.py" if len(texts) == 1 else f"cell {n}", text) for n, text in enumerate(texts, 1))
    others = tuple(Source("double", "found", (Cell("other.py", text),), path="other.py") for text in fallbacks)
    source = Source("double", "found", cells, path="double.py", fallbacks=others)
    return Submission(student, Path("double.py"), {"double": source}, (), "")


def grade(
    course: Course, *handed_in: Submission, layers: tuple[str, ...] = (), secret: bytes = b"s"
) -> list[ExerciseResult]:
    """Grade in this process."""
    results: list[ExerciseResult] = []

    def jobs() -> Iterator[Job]:
        for one in handed_in:
            yield Job(one, ("double",))

    bench.run(course, jobs(), lambda _, found: results.extend(found), layers, secret)
    return results
